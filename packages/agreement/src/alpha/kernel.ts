import { type UnitStatistics } from '../resampling/unit-statistics.ts';
import { type UnitCounts } from '../study/unit-counts.ts';

/** A metric once the totals of the categories are known (Krippendorff's ordinal metric depends on them). */
export interface PreparedKernel {
  /** Σ over units with m ≥ 2 ratings of `within`/(m − 1), where there is a faster way than unit by unit. */
  readonly withinAll?: (counts: UnitCounts) => number;
  /** Σ δ over ordered pairs of ratings within a unit whose counts lie from `start` up to `end`. */
  within(counts: UnitCounts, start: number, end: number, ratings: number): number;
  /** Σ_c Σ_k n_c n_k δ_ck over all pairable ratings. */
  between(): number;
  /** Σ_k n_k δ_ck / n for every category that occurs. */
  meanDistances(): Float64Array;
  /** Largest distance between two categories that occur. */
  largest(): number;
  distance(a: number, b: number): number;
}

export interface AlphaKernel {
  /** @param totals pairable ratings of every category, @param ratings their sum */
  prepare(totals: Float64Array, ratings: number): PreparedKernel;
  /** Alpha as a function of sums over units with two ratings or more. */
  statistics(counts: UnitCounts): UnitStatistics;
  /**
   * For a metric that changes with the totals: what one more rating of each category adds to the sums
   * within and between units through the metric alone.
   */
  readonly metricGradient?: (
    counts: UnitCounts,
    totals: Float64Array,
    ratings: number,
  ) => { within: Float64Array; between: Float64Array };
}

/** 1 − (n − 1) · within / between; NaN where all pairable ratings are alike. */
export function alphaOf(within: number, between: number, ratings: number): number {
  return between > 0 ? 1 - ((ratings - 1) * within) / between : NaN;
}
