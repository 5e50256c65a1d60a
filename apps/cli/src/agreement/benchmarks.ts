import { benchmark, type BenchmarkLevel, type BenchmarkScale } from '@casebook/agreement';
import type { FigureReport } from './measure-report.ts';

/** Levels of a scale, the best first, each with the probability that the true value lies in it or reaches it. */
export type Benchmarks = Readonly<Record<BenchmarkScale, readonly BenchmarkLevel[]>>;

/** Membership probabilities on the three scales, where the figure has a standard error that tells levels apart. */
export function benchmarksOf({ value, se }: FigureReport): { benchmarks?: Benchmarks } {
  if (value === null || se === null || !(se > 0)) return {};
  const benchmarks = {
    'landis-koch': benchmark(value, se, 'landis-koch').levels,
    altman: benchmark(value, se, 'altman').levels,
    fleiss: benchmark(value, se, 'fleiss').levels,
  };
  // Far below −1 with next to no error, no level has any probability.
  const isDefined = Object.values(benchmarks)
    .flat()
    .every(({ membership }) => Number.isFinite(membership));
  return isDefined ? { benchmarks } : {};
}
