import { normalUpperTail } from '../distributions/normal.ts';
import { type Estimate, undefinedEstimate, type ZeroTest } from '../estimate.ts';
import { finishEstimate, type StandardError } from '../inference/finish-estimate.ts';
import { type IntervalOptions } from '../inference/interval-options.ts';
import { type UnitStatistics, UnitStatisticsBuilder } from '../resampling/unit-statistics.ts';
import { type Study } from '../study/study.ts';
import {
  nameOfScheme,
  type Weights,
  weightBetween,
  weightsFor,
  type WeightScheme,
} from '../weights/weights.ts';
import { expectedFromMarginals, kappaOf, type KappaParts, kappaParts, usageOfPairs } from './kappa-parts.ts';
import { pairedCategories, type PairedCategories, studyOfPair } from './paired-categories.ts';
import { kappaOfPair, twoWayPairs } from './two-way-kappas.ts';

export interface CohensKappaOptions {
  readonly weights?: WeightScheme;
  /** Which two coders; needed where the study has more. */
  readonly coders?: readonly [string, string];
  readonly interval?: IntervalOptions;
}

/**
 * Cohen's (weighted) kappa of two coders (Cohen 1960, 1968), on the units that both rated: chance is the
 * product of each coder's own marginals there. Gwet's standard error for two coders (equal to Fleiss, Cohen
 * & Everitt 1969); the test of kappa = 0 uses their standard error under that hypothesis.
 *
 * Undefined where no unit was rated by both, or where both used one and the same category throughout.
 * Throws RangeError unless there are two coders or `coders` says which.
 */
export function cohensKappa(study: Study, options: CohensKappaOptions = {}): Estimate {
  const scheme = options.weights ?? 'identity';
  const measure = 'cohen-kappa';
  const convention = `units rated by both, ${nameOfScheme(scheme)} weights`;
  const weights = weightsFor(study.scale, scheme);
  const pairs = pairedCategories(study, options.coders);
  const used = usageOfPairs(study, pairs);
  const parts = kappaParts(pairs, weights);
  if (parts === null) return undefinedEstimate(measure, convention, 'no unit was rated by both coders', used);
  if (parts.expected >= 1) {
    return undefinedEstimate(measure, convention, 'both coders used only one and the same category', used);
  }
  const value = kappaOf(parts.observed, parts.expected);
  const standardError = (): StandardError | null => standardErrorOf(parts, pairs, weights);
  const estimate = finishEstimate(
    { measure, convention, value, observed: parts.observed, expected: parts.expected, used },
    {
      analytic: standardError,
      linearised: standardError,
      divisor: 'n',
      statistics: () => kappaStatistics(pairs, weights),
      twoWay: () => {
        const two = studyOfPair(study, options.coders);
        return { study: two, statistic: twoWayPairs(two, weights, kappaOfPair(weights)) };
      },
    },
    options.interval,
  );
  return { ...estimate, test: zeroTest(value, parts, weights) };
}

/** Σ_l w_kl s_l for every k, or Σ_k w_kl s_k for every l. */
function weightedShares(weights: Weights, shares: Float64Array, side: 'rows' | 'columns'): Float64Array {
  if (weights.kind === 'identity') return shares;
  const { size, values } = weights;
  const result = new Float64Array(size);
  for (let k = 0; k < size; k++) {
    let sum = 0;
    for (let l = 0; l < size; l++) {
      sum += (values[side === 'rows' ? k * size + l : l * size + k] ?? 0) * (shares[l] ?? 0);
    }
    result[k] = sum;
  }
  return result;
}

function standardErrorOf(parts: KappaParts, pairs: PairedCategories, weights: Weights): StandardError | null {
  const { units, observed, expected } = parts;
  if (units < 2) return null;
  const kappa = kappaOf(observed, expected);
  const rows = weightedShares(weights, parts.second, 'rows');
  const columns = weightedShares(weights, parts.first, 'columns');
  const mean = observed - 2 * (1 - kappa) * expected;
  let squares = 0;
  for (let i = 0; i < units; i++) {
    const k = pairs.first[i] ?? 0;
    const l = pairs.second[i] ?? 0;
    const contribution = weightBetween(weights, k, l) - (1 - kappa) * ((rows[k] ?? 0) + (columns[l] ?? 0));
    squares += (contribution - mean) ** 2;
  }
  return { se: Math.sqrt(squares / (units * (units - 1))) / (1 - expected), df: units - 1, units };
}

/** Fleiss, Cohen & Everitt 1969, eq. 14: the variance under independence. */
function zeroTest(kappa: number, parts: KappaParts, weights: Weights): ZeroTest | null {
  const { units, expected } = parts;
  const rows = weightedShares(weights, parts.second, 'rows');
  const columns = weightedShares(weights, parts.first, 'columns');
  const squares = meanSquare(parts, weights, rows, columns);
  const variance = (squares - expected * expected) / (units * (1 - expected) ** 2);
  if (!(variance > 0)) return null;
  const se = Math.sqrt(variance);
  const statistic = kappa / se;
  return { statistic, se, distribution: 'normal', df: [], p: 2 * normalUpperTail(Math.abs(statistic)) };
}

/** Σ_k Σ_l p_k q_l (w_kl − r_k − c_l)²; multiplied out where only w_kk = 1, so that it takes one pass. */
function meanSquare(
  { first, second }: KappaParts,
  weights: Weights,
  rows: Float64Array,
  columns: Float64Array,
): number {
  if (weights.kind === 'identity') {
    let [ofRows, ofColumns, squares] = [0, 0, 0];
    for (let k = 0; k < weights.size; k++) {
      const [p, q, r, c] = [first[k] ?? 0, second[k] ?? 0, rows[k] ?? 0, columns[k] ?? 0];
      ofRows += p * r;
      ofColumns += q * c;
      squares += p * r * r + q * c * c + p * q * (1 - 2 * (r + c));
    }
    return squares + 2 * ofRows * ofColumns;
  }
  let squares = 0;
  for (let k = 0; k < weights.size; k++) {
    for (let l = 0; l < weights.size; l++) {
      const probability = (first[k] ?? 0) * (second[l] ?? 0);
      if (probability === 0) continue;
      squares += probability * (weightBetween(weights, k, l) - (rows[k] ?? 0) - (columns[l] ?? 0)) ** 2;
    }
  }
  return squares;
}

function kappaStatistics(given: PairedCategories, all: Weights): UnitStatistics {
  const { pairs, weights } = all.kind === 'identity' ? usedAlone(given) : { pairs: given, weights: all };
  const { size } = weights;
  const rows = new UnitStatisticsBuilder(pairs.first.length, 4 * pairs.first.length);
  for (let i = 0; i < pairs.first.length; i++) {
    const k = pairs.first[i] ?? 0;
    const l = pairs.second[i] ?? 0;
    rows.add(0, 1);
    rows.add(1, weightBetween(weights, k, l));
    rows.add(2 + k, 1);
    rows.add(2 + size + l, 1);
    rows.endUnit(pairs.unitOf[i]);
  }
  return rows.finish(2 + 2 * size, (sums) => {
    const units = sums[0] ?? 0;
    const first = sums.subarray(2, 2 + size);
    const second = sums.subarray(2 + size);
    const expected = expectedFromMarginals(first, second, units, units, weights);
    return expected >= 1 ? NaN : kappaOf((sums[1] ?? 0) / units, expected);
  });
}

/** The categories that these two coders used, numbered anew: of thousands of sets in a study few are of two coders. */
function usedAlone(pairs: PairedCategories): { pairs: PairedCategories; weights: Weights } {
  const numbers = new Map<number, number>();
  const renumber = (category: number): number => {
    const known = numbers.get(category);
    if (known !== undefined) return known;
    numbers.set(category, numbers.size);
    return numbers.size - 1;
  };
  const first = pairs.first.map(renumber);
  const second = pairs.second.map(renumber);
  return { pairs: { ...pairs, first, second }, weights: { kind: 'identity', size: numbers.size } };
}
