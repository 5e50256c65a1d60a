import { normalCdf } from '../distributions/normal.ts';

export type BenchmarkScale = 'landis-koch' | 'altman' | 'fleiss';

/** A level of a benchmark scale with the probability that the true value reaches it. */
export interface BenchmarkLevel {
  readonly label: string;
  readonly low: number;
  readonly high: number;
  /** Probability that the true value lies in this level. */
  readonly membership: number;
  /** Probability that it lies in this level or a better one. */
  readonly cumulative: number;
}

export interface Benchmark {
  readonly scale: BenchmarkScale;
  /** Best level first. */
  readonly levels: readonly BenchmarkLevel[];
  /** The best level whose cumulative probability reaches `threshold`. */
  readonly reached: BenchmarkLevel;
  readonly threshold: number;
}

const SCALES: Readonly<Record<BenchmarkScale, readonly { label: string; low: number; high: number }[]>> = {
  'landis-koch': [
    { label: 'Almost Perfect', low: 0.8, high: 1 },
    { label: 'Substantial', low: 0.6, high: 0.8 },
    { label: 'Moderate', low: 0.4, high: 0.6 },
    { label: 'Fair', low: 0.2, high: 0.4 },
    { label: 'Slight', low: 0, high: 0.2 },
    { label: 'Poor', low: -1, high: 0 },
  ],
  altman: [
    { label: 'Very Good', low: 0.8, high: 1 },
    { label: 'Good', low: 0.6, high: 0.8 },
    { label: 'Moderate', low: 0.4, high: 0.6 },
    { label: 'Fair', low: 0.2, high: 0.4 },
    { label: 'Poor', low: -1, high: 0.2 },
  ],
  fleiss: [
    { label: 'Excellent', low: 0.75, high: 1 },
    { label: 'Intermediate to Good', low: 0.4, high: 0.75 },
    { label: 'Poor', low: -1, high: 0.4 },
  ],
};

/**
 * Where a coefficient stands on a benchmark scale, with its uncertainty (Gwet 2014, ch. 6): the probability of
 * every level under a normal distribution about the estimate, cut off at −1 and 1, and the best level whose
 * cumulative probability reaches `threshold` (0.95 unless stated). A bare label is never given.
 *
 * Landis & Koch 1977; Altman 1991; Fleiss 1981. Throws RangeError unless the standard error is positive.
 */
export function benchmark(value: number, se: number, scale: BenchmarkScale, threshold = 0.95): Benchmark {
  if (!(se > 0)) throw new RangeError(`A benchmark needs a positive standard error, not ${se}.`);
  const below = (x: number): number => normalCdf((value - x) / se);
  const all = below(-1) - below(1);
  let cumulative = 0;
  const levels = SCALES[scale].map(({ label, low, high }) => {
    // Far outside −1 to 1 the distribution has no mass within that can be told from none: all of it is at the end.
    const end = value < 0 ? low === -1 : high === 1;
    const membership = all > 0 ? (below(low) - below(high)) / all : end ? 1 : 0;
    cumulative += membership;
    return { label, low, high, membership, cumulative: Math.min(1, cumulative) };
  });
  const worst = levels[levels.length - 1];
  const reached = levels.find((level) => level.cumulative >= threshold) ?? worst;
  if (reached === undefined) throw new RangeError(`There is no benchmark scale "${scale}".`);
  return { scale, levels, reached, threshold };
}
