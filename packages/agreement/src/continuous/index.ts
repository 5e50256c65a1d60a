export { type PairedNumbers, pairedNumbers } from './paired-numbers.ts';
export { averageRanks } from './ranks.ts';
export { type CorrelationKind, correlationInterval } from './correlation-interval.ts';
export { pearson } from './pearson.ts';
export { spearman } from './spearman.ts';
export { kendallsTauB } from './kendalls-tau.ts';
export { kendallsW } from './kendalls-w.ts';
export { linsConcordance } from './lins-concordance.ts';
export { overallConcordance } from './overall-concordance.ts';
export { type BlandAltman, type LimitOfAgreement, blandAltman } from './bland-altman.ts';
export { type IccForm, type IccOptions, ICC_FORMS, allIccs, icc } from './intraclass-correlation.ts';
export { cronbachsAlpha } from './cronbachs-alpha.ts';
export {
  type DefinedMeanCorrelation,
  type InterCoderOptions,
  type MeanCorrelation,
  amiaa,
  apiaa,
} from './inter-coder-correlation.ts';
export { type SplitHalf, type SplitHalfDefined, type SplitHalfOptions, splitHalf } from './split-half.ts';
export { spearmanBrown } from './spearman-brown.ts';
export {
  type Quantity,
  type UnitSpread,
  standardErrorOfMeasurement,
  unitSpread,
} from './measurement-error.ts';
