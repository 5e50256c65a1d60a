import { benchmark, type BenchmarkLevel, type BenchmarkScale } from '@casebook/agreement';
import type { FigureReport } from './measure-report.ts';

/** Levels of a scale, the best first, each with the probability that the true value lies in it or reaches it. */
export type Benchmarks = Readonly<Record<BenchmarkScale, readonly BenchmarkLevel[]>>;

/** Membership probabilities on the three scales, where the figure has a standard error. */
export function benchmarksOf({ value, se }: FigureReport): { benchmarks?: Benchmarks } {
  if (value === null || se === null || !(se > 0)) return {};
  const levels = (scale: BenchmarkScale): readonly BenchmarkLevel[] => benchmark(value, se, scale).levels;
  return {
    benchmarks: { 'landis-koch': levels('landis-koch'), altman: levels('altman'), fleiss: levels('fleiss') },
  };
}
