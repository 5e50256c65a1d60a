import { type Estimate, undefinedEstimate } from '../estimate.ts';
import { finishEstimate, type StandardError } from '../inference/finish-estimate.ts';
import { type IntervalOptions } from '../inference/interval-options.ts';
import { type UnitStatistics, UnitStatisticsBuilder } from '../resampling/unit-statistics.ts';
import { type CountsSource, type UnitCounts, unitCounts, usageOfCounts } from '../study/unit-counts.ts';
import { nameOfScheme, weightsFor, type WeightScheme } from '../weights/weights.ts';
import { twoWayPooled } from './two-way-pooled.ts';
import { unitAgreement, type UnitAgreement } from './unit-agreement.ts';

export interface PercentAgreementOptions {
  readonly weights?: WeightScheme;
  /** `units`: the mean over units (Gwet), default; `pairs`: all pairs of all units pooled. */
  readonly average?: 'units' | 'pairs';
  readonly interval?: IntervalOptions;
}

/**
 * Observed (weighted) percent agreement, from 0 to 1. Its chance part is 0 by definition.
 *
 * Undefined where no unit has two ratings. Standard error: Gwet 2014, ch. 5 (over units).
 */
export function percentAgreement(source: CountsSource, options: PercentAgreementOptions = {}): Estimate {
  const scheme = options.weights ?? 'identity';
  const pooled = options.average === 'pairs';
  const measure = 'percent-agreement';
  const convention = `${pooled ? 'all pairs pooled' : 'mean over units'}, ${nameOfScheme(scheme)} weights`;
  const counts = unitCounts(source);
  const used = usageOfCounts(counts, 2);
  const weights = weightsFor(counts.scale, scheme);
  const agreement = unitAgreement(counts, weights);
  if (agreement.pairable === 0) {
    return undefinedEstimate(measure, convention, 'no unit was rated by two coders', used);
  }
  const value = pooled ? agreement.pooled : agreement.mean;
  const statistics = (): UnitStatistics => agreementStatistics(counts, agreement, pooled);
  return finishEstimate(
    { measure, convention, value, observed: value, expected: 0, used },
    pooled
      ? { statistics }
      : {
          analytic: () => standardError(counts, agreement, 0),
          linearised: () => standardError(counts, agreement, value),
          statistics,
          ...('coderOf' in source
            ? { twoWay: () => ({ study: source, statistic: twoWayPooled(source, weights, () => 0) }) }
            : {}),
        },
    options.interval,
  );
}

/** `centre` is taken from the units that have pairs: 0 in Gwet's form, the value in the linearised one. */
function standardError(counts: UnitCounts, agreement: UnitAgreement, centre: number): StandardError | null {
  const n = agreement.rated;
  if (n < 2) return null;
  const scale = n / agreement.pairable;
  const value = centre === 0 ? agreement.mean : 0;
  let squares = 0;
  for (let unit = 0; unit < counts.units; unit++) {
    const ratings = counts.ratingsOf[unit] ?? 0;
    if (ratings === 0) continue;
    const contribution = ratings < 2 ? 0 : scale * ((agreement.shareOf[unit] ?? 0) - centre);
    squares += (contribution - value) ** 2;
  }
  return { se: Math.sqrt(squares / (n * (n - 1))), df: n - 1, units: n };
}

function agreementStatistics(counts: UnitCounts, agreement: UnitAgreement, pooled: boolean): UnitStatistics {
  const rows = new UnitStatisticsBuilder(counts.units, 2 * counts.units);
  for (let unit = 0; unit < counts.units; unit++) {
    const ratings = counts.ratingsOf[unit] ?? 0;
    if (ratings < 2) continue;
    const pairs = pooled ? ratings * (ratings - 1) : 1;
    rows.add(0, pairs * (agreement.shareOf[unit] ?? 0));
    rows.add(1, pairs);
    rows.endUnit(unit);
  }
  return rows.finish(2, (sums) => (sums[0] ?? 0) / (sums[1] ?? 0));
}
