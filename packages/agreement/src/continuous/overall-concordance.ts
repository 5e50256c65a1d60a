import { type Estimate, undefinedEstimate } from '../estimate.ts';
import { finishEstimate } from '../inference/finish-estimate.ts';
import { type IntervalOptions } from '../inference/interval-options.ts';
import { totalsOf } from '../resampling/unit-statistics.ts';
import { type Study } from '../study/study.ts';
import { type CoderMoments, completeStudy, momentStatistics, twoWayMoments } from './coder-moments.ts';
import { completeTable } from './complete-table.ts';

/** Mean covariance over the mean variance plus half the mean squared difference of means. */
function concordanceOf({ variance, covariance, shift }: CoderMoments): number {
  return variance + shift > 0 ? covariance / (variance + shift) : NaN;
}

/**
 * The overall concordance correlation coefficient of several coders (Barnhart, Haber & Song 2002), variances with
 * divisor n: Lin's coefficient of every two coders, each pair weighted by its s_x² + s_y² + (x̄ − ȳ)². With two coders
 * it is Lin's. Uses the units that all coders rated; numeric or ordered categories.
 *
 * Interval by jackknife over units unless stated; there is no analytic one here. Undefined for fewer than two such
 * units and where all values are equal. Throws StudyError on a nominal scale.
 */
export function overallConcordance(
  study: Study,
  options: { readonly interval?: IntervalOptions } = {},
): Estimate {
  const measure = 'overall-ccc';
  const convention = 'units rated by all coders, variances with divisor n';
  const table = completeTable(study);
  const { units, used } = table;
  if (units < 2) {
    return undefinedEstimate(measure, convention, 'fewer than two units were rated by all coders', used);
  }
  const statistics = momentStatistics(table, concordanceOf);
  const value = statistics.evaluate(totalsOf(statistics));
  if (Number.isNaN(value)) return undefinedEstimate(measure, convention, 'nothing varies', used);
  return finishEstimate(
    { measure, convention, value, observed: null, expected: null, used },
    {
      statistics: () => statistics,
      twoWay: () => twoWayMoments(completeStudy(study), statistics, concordanceOf),
    },
    options.interval ?? { method: 'jackknife' },
  );
}
