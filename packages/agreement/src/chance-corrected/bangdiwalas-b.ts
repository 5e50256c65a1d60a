import { type Estimate, undefinedEstimate } from '../estimate.ts';
import { finishEstimate } from '../inference/finish-estimate.ts';
import { UnitStatisticsBuilder } from '../resampling/unit-statistics.ts';
import { type Study } from '../study/study.ts';
import { weightsFor } from '../weights/weights.ts';
import { type CohensKappaOptions } from './cohens-kappa.ts';
import { kappaParts, usageOfPairs } from './kappa-parts.ts';
import { pairedCategories } from './paired-categories.ts';

/**
 * Bangdiwala's B of two coders (Bangdiwala 1985): the area of the agreement squares within the rectangles of
 * the marginals, Σ p_kk² / Σ p_k. p_.k. Undefined where no unit was rated by both, or where the coders used
 * no category in common.
 */
export function bangdiwalasB(study: Study, options: Omit<CohensKappaOptions, 'weights'> = {}): Estimate {
  const measure = 'bangdiwala-b';
  const convention = 'units rated by both';
  const weights = weightsFor(study.scale, 'identity');
  const pairs = pairedCategories(study, options.coders);
  const used = usageOfPairs(study, pairs);
  const parts = kappaParts(pairs, weights);
  if (parts === null) return undefinedEstimate(measure, convention, 'no unit was rated by both coders', used);
  const { units, expected } = parts;
  if (!(expected > 0))
    return undefinedEstimate(measure, convention, 'no category was used by both coders', used);
  const { size } = weights;
  const agreed = new Float64Array(size);
  for (let i = 0; i < units; i++) {
    const k = pairs.first[i] ?? 0;
    if (k === pairs.second[i]) agreed[k] = (agreed[k] ?? 0) + 1 / units;
  }
  const value = agreed.reduce((sum, share) => sum + share * share, 0) / expected;
  return finishEstimate(
    { measure, convention, value, observed: null, expected: null, used },
    {
      statistics: () => {
        const rows = new UnitStatisticsBuilder(units, 3 * units);
        for (let i = 0; i < units; i++) {
          const k = pairs.first[i] ?? 0;
          const l = pairs.second[i] ?? 0;
          rows.add(k, 1);
          rows.add(size + l, 1);
          if (k === l) rows.add(2 * size + k, 1);
          rows.endUnit();
        }
        return rows.finish(3 * size, (sums) => {
          let squares = 0;
          let rectangles = 0;
          for (let k = 0; k < size; k++) {
            squares += (sums[2 * size + k] ?? 0) ** 2;
            rectangles += (sums[k] ?? 0) * (sums[size + k] ?? 0);
          }
          return rectangles > 0 ? squares / rectangles : NaN;
        });
      },
      analytic: () => {
        if (units < 2) return null;
        // Derivative of log B by the weight of a unit, times B.
        let squares = 0;
        for (let i = 0; i < units; i++) {
          const k = pairs.first[i] ?? 0;
          const l = pairs.second[i] ?? 0;
          const area = k === l ? (2 * (agreed[k] ?? 0)) / expected : 0;
          const frame = ((parts.second[k] ?? 0) + (parts.first[l] ?? 0)) / expected;
          squares += (area - value * frame) ** 2;
        }
        return { se: Math.sqrt(squares / (units * (units - 1))), df: units - 1, units };
      },
      divisor: 'n',
    },
    options.interval,
  );
}
