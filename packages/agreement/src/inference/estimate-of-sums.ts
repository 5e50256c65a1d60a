import { type Estimate, undefinedEstimate, type Usage } from '../estimate.ts';
import { type UnitStatistics, UnitStatisticsBuilder } from '../resampling/unit-statistics.ts';
import { finishEstimate } from './finish-estimate.ts';
import { type IntervalOptions } from './interval-options.ts';

/** A figure that depends on sums over independent cases, such as counts over documents. */
export interface FigureOfSums {
  readonly measure: string;
  readonly convention: string;
  /** A row a case; all of the same length. */
  readonly rows: readonly ArrayLike<number>[];
  /** The figure from the column sums; NaN where it is undefined. */
  readonly evaluate: (sums: Float64Array) => number;
  /** Why there is none, where `evaluate` of all rows gives NaN. */
  readonly reason: string;
  readonly used: Usage;
}

/**
 * A figure of sums with an interval over its cases: `percentile`, `bca` or `jackknife`, which draw or leave out whole
 * cases. A resample costs as much as there are cases, whatever they were counted from.
 */
export function estimateOfSums(
  figure: FigureOfSums,
  interval: IntervalOptions = { method: 'none' },
): Estimate {
  const { measure, convention, rows, evaluate, used } = figure;
  const width = rows[0]?.length ?? 0;
  const totals = new Float64Array(width);
  for (const row of rows) {
    for (let column = 0; column < width; column++) {
      totals[column] = (totals[column] ?? 0) + (row[column] ?? 0);
    }
  }
  const value = rows.length === 0 ? NaN : evaluate(totals);
  if (Number.isNaN(value)) return undefinedEstimate(measure, convention, figure.reason, used);
  return finishEstimate(
    { measure, convention, value, observed: null, expected: null, used },
    { statistics: () => statisticsOf(rows, width, evaluate) },
    interval,
  );
}

function statisticsOf(
  rows: FigureOfSums['rows'],
  width: number,
  evaluate: FigureOfSums['evaluate'],
): UnitStatistics {
  const builder = new UnitStatisticsBuilder(rows.length, rows.length * width);
  for (const [place, row] of rows.entries()) {
    for (let column = 0; column < width; column++) {
      const amount = row[column] ?? 0;
      if (amount !== 0) builder.add(column, amount);
    }
    builder.endUnit(place);
  }
  return builder.finish(width, evaluate);
}
