import { logBeta } from '../distributions/index.ts';

/** A Beta prior by its mean and its strength, the sum of its two parameters. */
export interface BetaPrior {
  readonly mean: number;
  readonly strength: number;
}

export const FLAT: BetaPrior = { mean: 0.5, strength: 2 };

/** What the coders' posteriors say of a rate: sums over coders of E log rate and E log (1 − rate). */
export interface RateEvidence {
  readonly coders: number;
  readonly logRate: number;
  readonly logRest: number;
}

/** The part of the ELBO that a Beta prior of the coders' rates enters. */
function expectedLogPrior({ mean, strength }: BetaPrior, { coders, logRate, logRest }: RateEvidence): number {
  const [a, b] = [mean * strength, (1 - mean) * strength];
  return (a - 1) * logRate + (b - 1) * logRest - coders * logBeta(a, b);
}

const WEAKEST = 0.5;
const STRONGEST = 1e4;

/**
 * Empirical Bayes: the prior centred on the pooled rate, with the strength under which the coders' rates are most
 * probable (golden section on its logarithm; the function has one peak). The present prior stays where that one would
 * not raise the bound.
 */
export function pooledPrior(pooledRate: number, evidence: RateEvidence, present: BetaPrior): BetaPrior {
  const mean = Math.min(Math.max(pooledRate, 1e-3), 1 - 1e-3);
  const value = (logStrength: number): number =>
    expectedLogPrior({ mean, strength: Math.exp(logStrength) }, evidence);
  const ratio = (Math.sqrt(5) - 1) / 2;
  let low = Math.log(WEAKEST);
  let high = Math.log(STRONGEST);
  let [left, right] = [high - ratio * (high - low), low + ratio * (high - low)];
  let [atLeft, atRight] = [value(left), value(right)];
  while (high - low > 1e-4) {
    if (atLeft < atRight) {
      low = left;
      [left, atLeft] = [right, atRight];
      right = low + ratio * (high - low);
      atRight = value(right);
    } else {
      high = right;
      [right, atRight] = [left, atLeft];
      left = high - ratio * (high - low);
      atLeft = value(left);
    }
  }
  const found = { mean, strength: Math.exp((low + high) / 2) };
  return expectedLogPrior(found, evidence) > expectedLogPrior(present, evidence) ? found : present;
}
