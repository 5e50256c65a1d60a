import { normalUpperTail } from '../distributions/normal.ts';
import { definedEstimate, type Estimate, undefinedEstimate } from '../estimate.ts';
import { requireColumns } from './columns.ts';
import { correlationInterval } from './correlation-interval.ts';
import { usageOfColumns } from './correlation.ts';
import { asCorrelation } from './moments.ts';
import { tieGroups } from './ranks.ts';

/**
 * Kendall's tau-b (Kendall 1945) by Knight's merge sort (1966), in O(n log n): (concordant − discordant) over
 * √((pairs − ties in x)(pairs − ties in y)). Interval of Bonett & Wright (2000); the test uses the variance
 * under independence with ties (Kendall 1970).
 *
 * Undefined for fewer than two pairs and where a column is constant; throws RangeError for columns of different length,
 * or with values that are not finite.
 */
export function kendallsTauB(x: ArrayLike<number>, y: ArrayLike<number>, level?: number): Estimate {
  const n = x.length;
  requireColumns(x, y);
  const measure = 'kendall-tau-b';
  const convention = 'ties corrected, Bonett–Wright interval';
  const used = usageOfColumns(n);
  if (n < 2) return undefinedEstimate(measure, convention, 'fewer than two pairs of values', used);
  const pairs = (n * (n - 1)) / 2;
  const tiesX = tiedPairs(tieGroups(x));
  const tiesY = tiedPairs(tieGroups(y));
  if (tiesX === pairs || tiesY === pairs) {
    return undefinedEstimate(measure, convention, 'one of the columns has no variance', used);
  }
  const { discordant, tiedInBoth } = countDiscordant(x, y);
  const score = pairs - tiesX - tiesY + tiedInBoth - 2 * discordant;
  const value = asCorrelation(score / Math.sqrt((pairs - tiesX) * (pairs - tiesY)));
  const se = Math.sqrt(scoreVariance(n, tieGroups(x), tieGroups(y)));
  const ci = correlationInterval('kendall', value, n, level);
  return definedEstimate({
    measure,
    convention,
    value,
    used,
    ci,
    test:
      se > 0
        ? {
            statistic: score / se,
            se: null,
            distribution: 'normal',
            df: [],
            p: Math.min(1, 2 * normalUpperTail(Math.abs(score / se))),
          }
        : null,
    notes: ci === null ? ['no interval: it needs five pairs of values and a correlation other than ±1'] : [],
  });
}

function tiedPairs(groups: readonly number[]): number {
  return groups.reduce((sum, size) => sum + (size * (size - 1)) / 2, 0);
}

/** Sorted by x, then y, every inversion of y is a discordant pair. */
function countDiscordant(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
): { discordant: number; tiedInBoth: number } {
  const order = Uint32Array.from(x, (_, index) => index).sort(
    (a, b) => (x[a] ?? 0) - (x[b] ?? 0) || (y[a] ?? 0) - (y[b] ?? 0),
  );
  let tiedInBoth = 0;
  let run = 1;
  for (let i = 1; i <= order.length; i++) {
    const here = order[i];
    const before = order[i - 1] ?? 0;
    if (here !== undefined && x[here] === x[before] && y[here] === y[before]) {
      run += 1;
      continue;
    }
    tiedInBoth += (run * (run - 1)) / 2;
    run = 1;
  }
  const values = Float64Array.from(order, (index) => y[index] ?? 0);
  return { discordant: sortCounting(values), tiedInBoth };
}

/** Sorts in place, bottom up, and counts the inversions. */
function sortCounting(values: Float64Array): number {
  let inversions = 0;
  let from: Float64Array = values;
  let to: Float64Array = new Float64Array(values.length);
  for (let width = 1; width < values.length; width *= 2) {
    for (let start = 0; start < values.length; start += 2 * width) {
      const middle = Math.min(start + width, values.length);
      const end = Math.min(start + 2 * width, values.length);
      let left = start;
      let right = middle;
      for (let k = start; k < end; k++) {
        if (left < middle && (right >= end || (from[left] ?? 0) <= (from[right] ?? 0))) {
          to[k] = from[left] ?? 0;
          left += 1;
        } else {
          to[k] = from[right] ?? 0;
          right += 1;
          inversions += middle - left;
        }
      }
    }
    [from, to] = [to, from];
  }
  return inversions;
}

function scoreVariance(n: number, groupsX: readonly number[], groupsY: readonly number[]): number {
  const sum = (groups: readonly number[], term: (size: number) => number): number =>
    groups.reduce((total, size) => total + term(size), 0);
  const cubic = (size: number): number => size * (size - 1) * (2 * size + 5);
  const triples = (size: number): number => size * (size - 1) * (size - 2);
  const doubles = (size: number): number => size * (size - 1);
  let variance = (cubic(n) - sum(groupsX, cubic) - sum(groupsY, cubic)) / 18;
  if (n > 2) variance += (sum(groupsX, triples) * sum(groupsY, triples)) / (9 * triples(n));
  variance += (sum(groupsX, doubles) * sum(groupsY, doubles)) / (2 * doubles(n));
  return variance;
}
