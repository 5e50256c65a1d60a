export { type ComparisonTest, type DependentCorrelations } from './dependent-correlations.ts';
export { williamsT2 } from './williams-t2.ts';
export { steigersZ } from './steigers-z.ts';
export { mengsZ } from './mengs-z.ts';
export { type DifferenceInterval, zousInterval } from './zous-interval.ts';
export { type PairedBootstrap, type PairedBootstrapOptions, pairedBootstrap } from './paired-bootstrap.ts';
export { pairedChange, type PairedChangeOptions, type StudyMeasure } from './paired-change.ts';
export { holm } from './holm.ts';
export {
  type MinimumRequiredDifference,
  type MrdOptions,
  type MrdRule,
  minimumRequiredDifference,
} from './minimum-required-difference.ts';
