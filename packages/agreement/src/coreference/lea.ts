import type { ContingencyTable, DocumentTables } from './contingency.ts';
import type { ScoreCounts } from './score.ts';

/**
 * LEA (Moosavi & Strube 2016): every entity weighs its size, and is resolved by the share of its links that the other
 * side has too. A singleton has one link, to itself, found where the other side has the same singleton.
 */
export function lea(tables: DocumentTables): ScoreCounts {
  const recall = oneSide(tables.recall);
  const precision = oneSide(tables.precision);
  return {
    recallNumerator: recall.found,
    recallDenominator: recall.mentions,
    precisionNumerator: precision.found,
    precisionDenominator: precision.mentions,
  };
}

function oneSide(table: ContingencyTable): { found: number; mentions: number } {
  let found = 0;
  let mentions = 0;
  for (const size of table.rowSizes) mentions += size;
  for (let cell = 0; cell < table.cellCount.length; cell += 1) {
    const size = table.rowSizes[table.cellRow[cell] ?? 0] ?? 0;
    const count = table.cellCount[cell] ?? 0;
    const split = table.cellSplit?.[cell] ?? 0;
    if (size === 1) {
      if (table.columnSizes[table.cellColumn[cell] ?? 0] === 1) found += count + split;
      continue;
    }
    // size × links found / links: size × (…) / (size (size − 1) / 2)
    found += (2 * ((count * (count - 1)) / 2 + count * split)) / (size - 1);
  }
  return { found, mentions };
}
