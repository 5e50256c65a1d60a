import { maximumWeightMatching } from './assignment.ts';
import { contingencyTable, type DocumentTables, plainTables, type SplitCell } from './contingency.ts';
import type { Partition } from './partition.ts';

/** Recall, precision and F1 of one small partition against another, by the measure that is being computed. */
export type SplitScorer = (tables: DocumentTables) => { recall: number; precision: number; f1: number };

/**
 * Aligns the split antecedents of the key with those of the response (Paun, Yu, Moosavi & Poesio 2022): two are as
 * alike as the measure itself says of the sets that they are made of; the alignment is one to one with the largest
 * sum of F1. An aligned split antecedent then counts as a mention found in part.
 */
export function alignSplitAntecedents(
  key: Partition,
  response: Partition,
  matched: Int32Array,
  score: SplitScorer,
): { recall: SplitCell[]; precision: SplitCell[]; both: SplitCell[] } {
  const keySplits = [...key.splits];
  const responseSplits = [...response.splits];
  const responseNameOf = new Map<string, string>();
  for (const [place, partner] of matched.entries()) {
    const name = key.names[place];
    const other = response.names[partner];
    if (name !== undefined && other !== undefined) responseNameOf.set(name, other);
  }
  const row: number[] = [];
  const column: number[] = [];
  const scores: { recall: number; precision: number; f1: number }[] = [];
  for (const [one, [, keySets]] of keySplits.entries()) {
    for (const [other, [, responseSets]] of responseSplits.entries()) {
      row.push(one);
      column.push(other);
      scores.push(score(plainTables(tableOfSets(keySets, responseSets, responseNameOf))));
    }
  }
  const partner = maximumWeightMatching({
    rows: keySplits.length,
    columns: responseSplits.length,
    row,
    column,
    weight: scores.map(({ f1 }) => f1),
  });
  const recall: SplitCell[] = [];
  const precision: SplitCell[] = [];
  const both: SplitCell[] = [];
  for (const [pair, found] of scores.entries()) {
    const one = row[pair] ?? 0;
    const other = column[pair] ?? 0;
    const keyEntity = keySplits[one]?.[0];
    const responseEntity = responseSplits[other]?.[0];
    if (partner[one] !== other || keyEntity === undefined || responseEntity === undefined) continue;
    recall.push({ row: keyEntity, column: responseEntity, score: found.recall });
    precision.push({ row: responseEntity, column: keyEntity, score: found.precision });
    both.push({ row: keyEntity, column: responseEntity, score: found.f1 });
  }
  return { recall, precision, both };
}

function tableOfSets(
  keySets: readonly (readonly string[])[],
  responseSets: readonly (readonly string[])[],
  responseNameOf: ReadonlyMap<string, string>,
): ReturnType<typeof contingencyTable> {
  const setOf = new Map<string, number>();
  for (const [place, set] of responseSets.entries()) for (const name of set) setOf.set(name, place);
  const rowOf: number[] = [];
  const columnOf: number[] = [];
  for (const [place, set] of keySets.entries()) {
    for (const name of set) {
      const other = responseNameOf.get(name);
      const found = other === undefined ? setOf.get(name) : setOf.get(other);
      if (found === undefined) continue;
      rowOf.push(place);
      columnOf.push(found);
    }
  }
  return contingencyTable(
    Int32Array.from(keySets, (set) => set.length),
    Int32Array.from(responseSets, (set) => set.length),
    Int32Array.from(rowOf),
    Int32Array.from(columnOf),
  );
}
