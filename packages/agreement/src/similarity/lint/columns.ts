import { correlationOf } from '../../continuous/moments.ts';
import { averageRanks } from '../../continuous/ranks.ts';
import { type RatingTable } from '../ratings/rating-table.ts';
import { type Finding, finding } from './finding.ts';

/** A column of numbers that count the rows, from any start, in steps of one. */
export function lintRowNumbers({ gold, raters, ratings }: RatingTable): Finding[] {
  const columns: [string, readonly (number | null)[]][] = raters.map((name, rater) => [
    name,
    ratings.map((row) => row[rater] ?? null),
  ]);
  if (gold !== null) columns.push(['gold', gold]);
  return columns.flatMap(([name, values]) =>
    countsRows(values)
      ? [finding('row-number', 'error', [], `the column “${name}” counts the rows: it is no rating`)]
      : [],
  );
}

function countsRows(values: readonly (number | null)[]): boolean {
  if (values.length < 5) return false;
  const start = values[0] ?? null;
  return (
    start !== null &&
    (values.every((value, row) => value === start + row) ||
      values.every((value, row) => value === start - row))
  );
}

const LEAST_SHARED = 20;

/**
 * Raters who gave one value only, who hold another's ratings, or who rank against all others. Two columns are copies
 * where they agree on nearly every shared pair while columns on the whole do not.
 */
export function lintCoders(table: RatingTable, persons: boolean): Finding[] {
  const { raters, ratings } = table;
  const columns = raters.map((_, rater) => {
    const pairs: number[] = [];
    const values: number[] = [];
    for (const [pair, row] of ratings.entries()) {
      const value = row[rater] ?? null;
      if (value === null) continue;
      pairs.push(pair);
      values.push(value);
    }
    return { pairs: Uint32Array.from(pairs), values: Float64Array.from(values) };
  });
  const findings: Finding[] = [];
  for (const [rater, { values }] of columns.entries()) {
    if (values.length >= 5 && values.every((value) => value === values[0])) {
      findings.push(
        finding(
          'constant-coder',
          'error',
          [],
          `${raters[rater] ?? ''} gave ${values[0] ?? ''} to all ${values.length} pairs: no correlation with him exists`,
        ),
      );
    }
  }
  if (!persons) return findings;
  const alike: { one: number; other: number; shared: number; share: number }[] = [];
  for (let one = 0; one < columns.length; one++) {
    for (let other = one + 1; other < columns.length; other++) {
      const { shared, equal, varied } = overlap(columns[one], columns[other]);
      if (shared >= LEAST_SHARED && varied) alike.push({ one, other, shared, share: equal / shared });
    }
  }
  const shares = alike.map(({ share }) => share).sort((one, other) => one - other);
  const usual = shares[shares.length >> 1] ?? 0;
  for (const { one, other, shared, share } of alike) {
    if (share < 0.95 || share < usual + 0.2) continue;
    findings.push(
      finding(
        'copied-coder',
        'error',
        [],
        `${raters[one] ?? ''} and ${raters[other] ?? ''} gave the same value to ${(100 * share).toFixed(1)} % of ${shared} shared pairs; other columns do to ${(100 * usual).toFixed(0)} %`,
      ),
    );
  }
  return [...findings, ...contraryCoders(table, columns)];
}

interface Column {
  readonly pairs: Uint32Array;
  readonly values: Float64Array;
}

function overlap(
  one: Column | undefined,
  other: Column | undefined,
): { shared: number; equal: number; varied: boolean } {
  let shared = 0;
  let equal = 0;
  let least = Infinity;
  let most = -Infinity;
  if (one === undefined || other === undefined) return { shared, equal, varied: false };
  for (let i = 0, j = 0; i < one.pairs.length && j < other.pairs.length;) {
    const difference = (one.pairs[i] ?? 0) - (other.pairs[j] ?? 0);
    if (difference === 0) {
      const value = one.values[i] ?? 0;
      shared += 1;
      if (value === other.values[j]) equal += 1;
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    if (difference <= 0) i += 1;
    if (difference >= 0) j += 1;
  }
  return { shared, equal, varied: most > least };
}

function contraryCoders({ raters, ratings }: RatingTable, columns: readonly Column[]): Finding[] {
  const sums = ratings.map((row) => {
    const known = row.filter((value) => value !== null);
    return { sum: known.reduce((total, value) => total + value, 0), count: known.length };
  });
  const contrary = columns.flatMap(({ pairs, values }, rater) => {
    const own: number[] = [];
    const others: number[] = [];
    for (const [at, pair] of pairs.entries()) {
      const { sum, count } = sums[pair] ?? { sum: 0, count: 0 };
      const value = values[at] ?? 0;
      if (count < 2) continue;
      own.push(value);
      others.push((sum - value) / (count - 1));
    }
    if (own.length < LEAST_SHARED) return [];
    const r = correlationOf(averageRanks(own), averageRanks(others));
    return r !== null && r < 0.1 ? [{ name: raters[rater] ?? '', r, n: own.length }] : [];
  });
  if (contrary.length === 0) return [];
  const shown = contrary
    .sort((one, other) => one.r - other.r)
    .slice(0, 5)
    .map(({ name, r, n }) => `${name} (${r.toFixed(2)} on ${n} pairs)`);
  return [
    finding(
      'contrary-coder',
      'warning',
      [],
      `${contrary.length} of ${raters.length} raters rank pairs without, or against, the others: ${shown.join(', ')}${contrary.length > 5 ? ', …' : ''}; a turned scale, random answers, or another task`,
    ),
  ];
}
