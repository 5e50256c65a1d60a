import { type Estimate } from '../estimate.ts';
import { finishEstimate, type StandardError } from '../inference/finish-estimate.ts';
import { type UnitStatistics, UnitStatisticsBuilder } from '../resampling/unit-statistics.ts';
import { undefinedEstimate } from '../estimate.ts';
import { type Study } from '../study/study.ts';
import { nameOfScheme, type Weights, weightBetween, weightsFor } from '../weights/weights.ts';
import { type CohensKappaOptions } from './cohens-kappa.ts';
import { expectedFromMarginals, kappaOf, kappaParts, usageOfPairs } from './kappa-parts.ts';
import { weightedByShares } from './fleiss-kappa.ts';
import { pairedCategories, type PairedCategories, studyOfPair } from './paired-categories.ts';
import { piOfPair, twoWayPairs } from './two-way-kappas.ts';

/**
 * Scott's (weighted) pi of two coders (Scott 1955) on the units that both rated: chance is the square of the
 * shares pooled over the two. Standard error by Gwet 2014, divisor n.
 *
 * Undefined where no unit was rated by both or only one category was used. Throws RangeError unless there are
 * two coders or `coders` says which.
 */
export function scottsPi(study: Study, options: CohensKappaOptions = {}): Estimate {
  const scheme = options.weights ?? 'identity';
  const measure = 'scott-pi';
  const convention = `units rated by both, ${nameOfScheme(scheme)} weights`;
  const weights = weightsFor(study.scale, scheme);
  const pairs = pairedCategories(study, options.coders);
  const used = usageOfPairs(study, pairs);
  const parts = kappaParts(pairs, weights);
  if (parts === null) return undefinedEstimate(measure, convention, 'no unit was rated by both coders', used);
  const shares = parts.first.map((share, k) => (share + (parts.second[k] ?? 0)) / 2);
  const expected = expectedFromMarginals(shares, shares, 1, 1, weights);
  if (!(1 - expected > 1e-12)) {
    return undefinedEstimate(measure, convention, 'only one category was used', used);
  }
  const { observed } = parts;
  const value = kappaOf(observed, expected);
  const standardError = (): StandardError | null =>
    standardErrorOf(pairs, weights, shares, observed, expected);
  return finishEstimate(
    { measure, convention, value, observed, expected, used },
    {
      analytic: standardError,
      linearised: standardError,
      statistics: () => piStatistics(pairs, weights),
      twoWay: () => {
        const two = studyOfPair(study, options.coders);
        return { study: two, statistic: twoWayPairs(two, weights, piOfPair(weights)) };
      },
      divisor: 'n',
    },
    options.interval,
  );
}

function standardErrorOf(
  pairs: PairedCategories,
  weights: Weights,
  shares: Float64Array,
  observed: number,
  expected: number,
): StandardError | null {
  const units = pairs.first.length;
  if (units < 2) return null;
  const slopes = weightedByShares(shares, weights);
  const pi = kappaOf(observed, expected);
  const mean = observed - 2 * (1 - pi) * expected;
  let squares = 0;
  for (let i = 0; i < units; i++) {
    const k = pairs.first[i] ?? 0;
    const l = pairs.second[i] ?? 0;
    const contribution = weightBetween(weights, k, l) - (1 - pi) * ((slopes[k] ?? 0) + (slopes[l] ?? 0));
    squares += (contribution - mean) ** 2;
  }
  return { se: Math.sqrt(squares / (units * (units - 1))) / (1 - expected), df: units - 1, units };
}

function piStatistics(pairs: PairedCategories, weights: Weights): UnitStatistics {
  const rows = new UnitStatisticsBuilder(pairs.first.length, 4 * pairs.first.length);
  for (let i = 0; i < pairs.first.length; i++) {
    const k = pairs.first[i] ?? 0;
    const l = pairs.second[i] ?? 0;
    rows.add(0, 1);
    rows.add(1, weightBetween(weights, k, l));
    rows.add(2 + k, 1);
    rows.add(2 + l, 1);
    rows.endUnit();
  }
  return rows.finish(2 + weights.size, (sums) => {
    const units = sums[0] ?? 0;
    const shares = sums.subarray(2);
    const expected = expectedFromMarginals(shares, shares, 2 * units, 2 * units, weights);
    return 1 - expected > 1e-12 ? kappaOf((sums[1] ?? 0) / units, expected) : NaN;
  });
}
