import { correlationOf } from '../../continuous/moments.ts';
import { averageRanks } from '../../continuous/ranks.ts';
import { unorderedKey } from './rating-table.ts';

/** One coder's file: a score for each pair, in the order of the file. */
export interface CoderFile {
  readonly name: string;
  readonly pairs: readonly { readonly word1: string; readonly word2: string; readonly line: number }[];
  readonly values: readonly number[];
}

/** Two lists of the same pairs in other forms (natural and lemma), row for row. */
export interface AlignedForms {
  readonly names: readonly [string, string];
  readonly first: readonly { readonly word1: string; readonly word2: string }[];
  readonly second: readonly { readonly word1: string; readonly word2: string }[];
}

/** What comes of correlating two files row by row, and of joining them by pair. */
export interface JoinedFiles {
  readonly names: readonly [string, string];
  /** Row by row after sorting either file by its words, as is often done. */
  readonly byPosition: {
    readonly spearman: number | null;
    readonly rows: number;
    readonly samePair: number;
  } | null;
  readonly byPair: {
    readonly spearman: number | null;
    readonly pearson: number | null;
    readonly pairs: number;
    /** Pairs that only matched through the lists of forms. */
    readonly throughForms: number;
  };
  /** Lines of pairs that found no partner, by file. */
  readonly unmatched: readonly [readonly number[], readonly number[]];
}

/** Compares a join by position with a join by pair. */
export function joinFiles(
  one: CoderFile,
  other: CoderFile,
  forms: readonly AlignedForms[] = [],
): JoinedFiles {
  const matches = matchPairs(one, other, forms);
  const x = matches.pairs.map(([row]) => one.values[row] ?? 0);
  const y = matches.pairs.map(([, row]) => other.values[row] ?? 0);
  return {
    names: [one.name, other.name],
    byPosition: byPosition(one, other, matches),
    byPair: {
      spearman: x.length < 2 ? null : correlationOf(averageRanks(x), averageRanks(y)),
      pearson: x.length < 2 ? null : correlationOf(x, y),
      pairs: x.length,
      throughForms: matches.throughForms,
    },
    unmatched: [
      unmatchedLines(one, new Set(matches.pairs.map(([row]) => row))),
      unmatchedLines(other, new Set(matches.pairs.map(([, row]) => row))),
    ],
  };
}

function unmatchedLines({ pairs }: CoderFile, matched: ReadonlySet<number>): number[] {
  return pairs.flatMap(({ line }, row) => (matched.has(row) ? [] : [line]));
}

interface Matches {
  readonly pairs: readonly (readonly [number, number])[];
  readonly throughForms: number;
}

/** Rows of the same pair: by their words where those agree, else through the lists of forms. */
export function matchPairs(one: CoderFile, other: CoderFile, forms: readonly AlignedForms[]): Matches {
  const oriented = forms.length === 0 ? null : orientation(one, other, forms);
  const keysOf = (file: CoderFile, mapped: ReadonlyMap<string, string> | null): string[] =>
    file.pairs.map((pair) => {
      const key = unorderedKey(pair);
      return mapped?.get(key) ?? key;
    });
  const direct = keysOf(one, null);
  const ownKeys = keysOf(one, oriented?.one ?? null);
  const theirs = new Map<string, number[]>();
  for (const [row, key] of keysOf(other, oriented?.other ?? null).entries()) {
    const rows = theirs.get(key);
    if (rows === undefined) theirs.set(key, [row]);
    else rows.push(row);
  }
  const otherDirect = keysOf(other, null);
  const pairs: [number, number][] = [];
  let throughForms = 0;
  for (const [row, key] of ownKeys.entries()) {
    const match = theirs.get(key)?.shift();
    if (match === undefined) continue;
    pairs.push([row, match]);
    if (direct[row] !== otherDirect[match]) throughForms += 1;
  }
  return { pairs, throughForms };
}

/** Which of the two forms each file is written in: the list that more of its pairs stand in. */
function orientation(
  one: CoderFile,
  other: CoderFile,
  forms: readonly AlignedForms[],
): { one: ReadonlyMap<string, string>; other: ReadonlyMap<string, string> } {
  const mapFor = (file: CoderFile): ReadonlyMap<string, string> => {
    const map = new Map<string, string>();
    for (const { first, second } of forms) {
      const inFirst = new Map(first.map((pair, row) => [unorderedKey(pair), row]));
      const inSecond = new Map(second.map((pair, row) => [unorderedKey(pair), row]));
      const keys = file.pairs.map(unorderedKey);
      const hits = (list: ReadonlyMap<string, number>): number => keys.filter((key) => list.has(key)).length;
      const own = hits(inFirst) >= hits(inSecond) ? inFirst : inSecond;
      for (const [key, row] of own) map.set(key, `row ${row}`);
    }
    return map;
  };
  return { one: mapFor(one), other: mapFor(other) };
}

function byPosition(one: CoderFile, other: CoderFile, matches: Matches): JoinedFiles['byPosition'] {
  if (one.pairs.length !== other.pairs.length) return null;
  const partner = new Map(matches.pairs);
  const first = sortedRows(one);
  const second = sortedRows(other);
  const same = first.filter((row, place) => partner.get(row) === second[place]).length;
  return {
    spearman: correlationOf(
      averageRanks(first.map((row) => one.values[row] ?? 0)),
      averageRanks(second.map((row) => other.values[row] ?? 0)),
    ),
    rows: first.length,
    samePair: same,
  };
}

/** Rows by first word, then second, by code unit. */
function sortedRows({ pairs }: CoderFile): number[] {
  const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
  return pairs
    .map((_, row) => row)
    .sort((a, b) => {
      const one = pairs[a];
      const other = pairs[b];
      if (one === undefined || other === undefined) return 0;
      return compare(one.word1, other.word1) || compare(one.word2, other.word2);
    });
}
