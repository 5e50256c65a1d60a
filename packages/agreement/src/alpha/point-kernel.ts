import { type UnitStatistics, UnitStatisticsBuilder } from '../resampling/unit-statistics.ts';
import { type UnitCounts } from '../study/unit-counts.ts';
import { type AlphaKernel, alphaOf, type PreparedKernel } from './kernel.ts';

/** 2 m Σ |x − x̄|² is the sum of squared differences over the ordered pairs of a unit's m ratings. */
function squaresWithin(
  axis: Float64Array,
  counts: UnitCounts,
  start: number,
  end: number,
  ratings: number,
): number {
  // Two passes: the squares of large numbers must not cancel.
  const origin = axis[counts.categoryOf[start] ?? 0] ?? 0;
  let sum = 0;
  for (let i = start; i < end; i++) {
    sum += (counts.countOf[i] ?? 0) * ((axis[counts.categoryOf[i] ?? 0] ?? 0) - origin);
  }
  const mean = origin + sum / ratings;
  let squares = 0;
  for (let i = start; i < end; i++) {
    const difference = (axis[counts.categoryOf[i] ?? 0] ?? 0) - mean;
    squares += (counts.countOf[i] ?? 0) * difference * difference;
  }
  return 2 * ratings * squares;
}

function meanOf(axis: Float64Array, totals: Float64Array, ratings: number): number {
  let sum = 0;
  for (let category = 0; category < axis.length; category++) {
    sum += (totals[category] ?? 0) * (axis[category] ?? 0);
  }
  return sum / ratings;
}

/**
 * Distances that are squared distances of points in space, one array of coordinates an axis: sums over all
 * pairs follow from moments, in time linear in the ratings however many values there are.
 */
export function preparePoints(
  axes: readonly Float64Array[],
  totals: Float64Array,
  ratings: number,
): PreparedKernel {
  const centred = axes.map((axis) => {
    const mean = meanOf(axis, totals, ratings);
    return axis.map((value) => value - mean);
  });
  const variance = (): number => {
    let squares = 0;
    for (const axis of centred) {
      for (let category = 0; category < axis.length; category++) {
        squares += (totals[category] ?? 0) * (axis[category] ?? 0) ** 2;
      }
    }
    return squares / ratings;
  };
  const distance = (a: number, b: number): number =>
    centred.reduce((sum, axis) => sum + ((axis[a] ?? 0) - (axis[b] ?? 0)) ** 2, 0);
  return {
    within: (counts, start, end, m) =>
      centred.reduce((sum, axis) => sum + squaresWithin(axis, counts, start, end, m), 0),
    between: () => 2 * ratings * ratings * variance(),
    meanDistances: () => {
      const spread = variance();
      return totals.map((_, category) =>
        centred.reduce((sum, axis) => sum + (axis[category] ?? 0) ** 2, spread),
      );
    },
    largest: () => largestDistance(centred, totals, distance),
    distance,
  };
}

function largestDistance(
  axes: readonly Float64Array[],
  totals: Float64Array,
  distance: (a: number, b: number) => number,
): number {
  const used = [...totals.keys()].filter((category) => (totals[category] ?? 0) > 0);
  const [only] = axes;
  if (axes.length === 1 && only !== undefined) {
    let low = Infinity;
    let high = -Infinity;
    for (const category of used) {
      low = Math.min(low, only[category] ?? 0);
      high = Math.max(high, only[category] ?? 0);
    }
    return used.length === 0 ? 0 : (high - low) ** 2;
  }
  let largest = 0;
  for (const a of used) for (const b of used) if (a < b) largest = Math.max(largest, distance(a, b));
  return largest;
}

export function pointKernel(axes: readonly Float64Array[]): AlphaKernel {
  return {
    prepare: (totals, ratings) => preparePoints(axes, totals, ratings),
    statistics: (counts) => pointStatistics(axes, counts),
  };
}

/** Columns: distance within / (m − 1), ratings, squares, then the sum along every axis. */
function pointStatistics(axes: readonly Float64Array[], counts: UnitCounts): UnitStatistics {
  const origins = axes.map((axis) => {
    let sum = 0;
    let ratings = 0;
    for (let i = 0; i < counts.categoryOf.length; i++) {
      sum += (counts.countOf[i] ?? 0) * (axis[counts.categoryOf[i] ?? 0] ?? 0);
      ratings += counts.countOf[i] ?? 0;
    }
    return sum / ratings;
  });
  const rows = new UnitStatisticsBuilder(counts.units, (3 + axes.length) * counts.units);
  for (let unit = 0; unit < counts.units; unit++) {
    const ratings = counts.ratingsOf[unit] ?? 0;
    if (ratings < 2) continue;
    const start = counts.offsets[unit] ?? 0;
    const end = counts.offsets[unit + 1] ?? 0;
    let distance = 0;
    let squares = 0;
    for (const [a, axis] of axes.entries()) {
      const origin = origins[a] ?? 0;
      distance += squaresWithin(axis, counts, start, end, ratings);
      let sum = 0;
      for (let i = start; i < end; i++) {
        const value = (axis[counts.categoryOf[i] ?? 0] ?? 0) - origin;
        sum += (counts.countOf[i] ?? 0) * value;
        squares += (counts.countOf[i] ?? 0) * value * value;
      }
      rows.add(3 + a, sum);
    }
    rows.add(0, distance / (ratings - 1));
    rows.add(1, ratings);
    rows.add(2, squares);
    rows.endUnit(unit);
  }
  return rows.finish(3 + axes.length, (sums) => {
    const ratings = sums[1] ?? 0;
    const squares = sums[2] ?? 0;
    let between = ratings * squares;
    for (let a = 0; a < axes.length; a++) between -= (sums[3 + a] ?? 0) ** 2;
    // What rounding leaves of a spread of zero is no spread.
    return alphaOf(sums[0] ?? 0, between <= 1e-12 * ratings * squares ? 0 : 2 * between, ratings);
  });
}
