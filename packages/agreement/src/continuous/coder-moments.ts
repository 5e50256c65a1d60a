import { type TwoWayStatistic } from '../resampling/units-and-coders.ts';
import { type UnitStatistics, UnitStatisticsBuilder } from '../resampling/unit-statistics.ts';
import { type Study } from '../study/study.ts';
import { type CompleteTable, withoutSilentCoders } from './complete-table.ts';

/** What agreement of complete numeric ratings is made of, each a mean over coders or pairs of different coders. */
export interface CoderMoments {
  readonly units: number;
  /** Coders, those drawn twice counted twice. */
  readonly coders: number;
  /** Variance of a coder's values, divisor units. */
  readonly variance: number;
  /** Covariance of two coders, divisor units. */
  readonly covariance: number;
  /** Half the squared difference of two coders' means. */
  readonly shift: number;
}

/** A coefficient of these; NaN where it is undefined. */
export type OfMoments = (moments: CoderMoments) => number;

/**
 * Columns: 1, every coder's value, then the products of every two, row by row of the upper triangle; values are taken
 * from the grand mean, so that large numbers do not cancel.
 */
export function momentStatistics(table: CompleteTable, of: OfMoments): UnitStatistics {
  const { units, coders, values } = table;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const width = 1 + coders + (coders * (coders + 1)) / 2;
  const rows = new UnitStatisticsBuilder(units, units * width);
  for (let unit = 0; unit < units; unit++) {
    const own = values.subarray(unit * coders, (unit + 1) * coders);
    rows.add(0, 1);
    for (const [coder, value] of own.entries()) rows.add(1 + coder, value - mean);
    let column = 1 + coders;
    for (let one = 0; one < coders; one++) {
      for (let other = one; other < coders; other++) {
        rows.add(column, ((own[one] ?? 0) - mean) * ((own[other] ?? 0) - mean));
        column += 1;
      }
    }
    rows.endUnit();
  }
  return rows.finish(width, (sums) => of(momentsOfSums(sums, coders, null)));
}

/**
 * The same of a sample of units and coders. A coder who was drawn twice is not compared with himself.
 *
 * @param study the units that every coder rated
 */
export function twoWayMoments(
  study: Study,
  statistics: UnitStatistics,
  of: OfMoments,
): { readonly study: Study; readonly statistic: TwoWayStatistic } {
  const { offsets, columns, amounts, width } = statistics;
  const sums = new Float64Array(width);
  return {
    study,
    statistic: (unitTimes, coderTimes) => {
      sums.fill(0);
      for (let unit = 0; unit < unitTimes.length; unit++) {
        const times = unitTimes[unit] ?? 0;
        if (times === 0) continue;
        for (let i = offsets[unit] ?? 0; i < (offsets[unit + 1] ?? 0); i++) {
          const column = columns[i] ?? 0;
          sums[column] = (sums[column] ?? 0) + times * (amounts[i] ?? 0);
        }
      }
      return of(momentsOfSums(sums, study.coders.length, coderTimes));
    },
  };
}

/** The study without coders who rated nothing and without the units that some other coder did not rate. */
export function completeStudy(given: Study): Study {
  const study = withoutSilentCoders(given);
  const coders = study.coders.length;
  const kept: number[] = [];
  for (let unit = 0; unit < study.units.length; unit++) {
    if ((study.offsets[unit + 1] ?? 0) - (study.offsets[unit] ?? 0) === coders) kept.push(unit);
  }
  const at = Uint32Array.from({ length: kept.length * coders }, (_, place) => {
    const unit = kept[Math.floor(place / coders)] ?? 0;
    return (study.offsets[unit] ?? 0) + (place % coders);
  });
  return {
    ...study,
    units: kept.map((unit) => study.units[unit] ?? ''),
    offsets: Uint32Array.from({ length: kept.length + 1 }, (_, unit) => unit * coders),
    coderOf: at.map((place) => study.coderOf[place] ?? 0),
    categoryOf: at.map((place) => study.categoryOf[place] ?? 0),
  };
}

function momentsOfSums(sums: Float64Array, coders: number, times: Uint32Array | null): CoderMoments {
  const units = sums[0] ?? 0;
  const often = (coder: number): number => (times === null ? 1 : (times[coder] ?? 0));
  let drawn = 0;
  let variance = 0;
  let pairs = 0;
  let covariance = 0;
  let shift = 0;
  let column = 1 + coders;
  for (let one = 0; one < coders; one++) {
    const mean = (sums[1 + one] ?? 0) / units;
    drawn += often(one);
    variance += often(one) * ((sums[column] ?? 0) / units - mean * mean);
    column += 1;
    for (let other = one + 1; other < coders; other++) {
      const otherMean = (sums[1 + other] ?? 0) / units;
      const weight = often(one) * often(other);
      pairs += weight;
      covariance += weight * ((sums[column] ?? 0) / units - mean * otherMean);
      shift += (weight * (mean - otherMean) ** 2) / 2;
      column += 1;
    }
  }
  return {
    units,
    coders: drawn,
    variance: Math.max(0, variance / drawn),
    covariance: covariance / pairs,
    shift: shift / pairs,
  };
}
