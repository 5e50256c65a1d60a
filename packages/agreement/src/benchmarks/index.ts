export { type Benchmark, type BenchmarkLevel, type BenchmarkScale, benchmark } from './benchmark.ts';
