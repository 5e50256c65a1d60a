import { type Estimate, undefinedEstimate } from '../estimate.ts';
import { finishEstimate, type StandardError } from '../inference/finish-estimate.ts';
import { UnitStatisticsBuilder } from '../resampling/unit-statistics.ts';
import { type Study } from '../study/study.ts';
import { weightsFor } from '../weights/weights.ts';
import { type CohensKappaOptions } from './cohens-kappa.ts';
import { kappaOf, kappaParts, usageOfPairs } from './kappa-parts.ts';
import { pairedCategories, studyOfPair } from './paired-categories.ts';
import { type PairOfCoders, twoWayPairs } from './two-way-kappas.ts';

/**
 * Prevalence-adjusted bias-adjusted kappa (Byrt, Bishop & Carlin 1993) of two coders: 2 p_o − 1 for two
 * categories, (q p_o − 1)/(q − 1) for q. Declared categories count, used or not.
 *
 * Undefined where no unit was rated by both or there is only one category.
 */
export function pabak(study: Study, options: Omit<CohensKappaOptions, 'weights'> = {}): Estimate {
  const measure = 'pabak';
  const convention = 'units rated by both';
  const weights = weightsFor(study.scale, 'identity');
  const pairs = pairedCategories(study, options.coders);
  const used = usageOfPairs(study, pairs);
  const parts = kappaParts(pairs, weights);
  if (parts === null) return undefinedEstimate(measure, convention, 'no unit was rated by both coders', used);
  if (weights.size < 2) return undefinedEstimate(measure, convention, 'there is only one category', used);
  const expected = 1 / weights.size;
  const { observed, units } = parts;
  const standardError = (): StandardError | null =>
    units < 2
      ? null
      : {
          se: Math.sqrt((observed * (1 - observed)) / (units - 1)) / (1 - expected),
          df: units - 1,
          units,
        };
  return finishEstimate(
    { measure, convention, value: kappaOf(observed, expected), observed, expected, used },
    {
      analytic: standardError,
      linearised: standardError,
      statistics: () => {
        const rows = new UnitStatisticsBuilder(units, 2 * units);
        for (let i = 0; i < units; i++) {
          rows.add(0, 1);
          if (pairs.first[i] === pairs.second[i]) rows.add(1, 1);
          rows.endUnit();
        }
        return rows.finish(2, (sums) => kappaOf((sums[1] ?? 0) / (sums[0] ?? 0), expected));
      },
      twoWay: () => {
        const two = studyOfPair(study, options.coders);
        const ofPair = ({ observed: share }: PairOfCoders): number => kappaOf(share, expected);
        return { study: two, statistic: twoWayPairs(two, weights, ofPair) };
      },
      divisor: 'n',
    },
    options.interval,
  );
}
