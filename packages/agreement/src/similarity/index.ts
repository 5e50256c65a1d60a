export {
  type RatedPair,
  type RatingEvent,
  type RatingTable,
  pairMeans,
  studyOfTable,
  withoutRaters,
} from './ratings/rating-table.ts';
export { type ColumnsVerdict, columnsArePersons } from './ratings/columns-are-persons.ts';
export {
  type AlignedForms,
  type CoderFile,
  type JoinedFiles,
  joinFiles,
  matchPairs,
} from './ratings/join.ts';
export {
  type GoldCandidate,
  type GoldProvenance,
  type GoldRule,
  goldProvenance,
} from './ratings/gold-provenance.ts';
export { type ReliabilityOptions, type ReliabilityReport, ratingReliability } from './ratings/reliability.ts';
export {
  type BootstrapInterval,
  type CorrelationIntervals,
  type InterRaterIntervals,
  interRaterIntervals,
} from './ratings/correlation-bootstrap.ts';
export { type PairPrecision, type PrecisionReport, bimodality, pairPrecision } from './ratings/ceiling.ts';
export {
  type PowerPlan,
  type RatingResolution,
  type ResolutionOptions,
  type SimulatedPower,
  comparisonPower,
  ratingResolution,
} from './ratings/resolution.ts';
export { type Finding, type LintRule } from './lint/finding.ts';
export { type LintOptions, type LintReport, lintRatings } from './lint/lint.ts';
export {
  type AgreementFigures,
  type AuditedRule,
  type AuditOptions,
  type ExclusionAudit,
  type GoldShift,
  type RaterInfluence,
  exclusionAudit,
} from './exclusion/audit.ts';
export { type AttentionChecks } from './exclusion/rules.ts';
export {
  type Embedding,
  type GoldPair,
  type ModelTask,
  Lexicon,
  cosines,
  modelTask,
} from './model/embedding.ts';
export {
  type Coverage,
  type ModelCorrelation,
  type VocabularyPolicy,
  VOCABULARY_POLICIES,
  coverage,
} from './model/coverage.ts';
export {
  type ComparedModels,
  type CompareOptions,
  type ModelComparison,
  type ModelScores,
  compareModels,
} from './model/compare-models.ts';
export {
  type PerturbationFamily,
  PERTURBATION_FAMILIES,
  defaultLevels,
  levelsAreShares,
  requireLevels,
} from './sanity/perturbation.ts';
export { deterministicNoiseCurve } from './sanity/deterministic-curve.ts';
export { type DrawControl, type DrawFigures, type DrawPlan, noiseDraws } from './sanity/noise-draws.ts';
export { type CorrectedCheck, type DamageLevel, correctedCheck } from './sanity/corrected.ts';
export { type FailingProbability, failingProbability } from './sanity/original-verdict.ts';
export { type SizeBaseline, type SizePlan, sizeBaseline } from './sanity/size-baseline.ts';
export {
  type BatchkarovCheck,
  type BatchkarovLevel,
  type BatchkarovOptions,
  type BatchkarovPoint,
  type VocabularyHandling,
  batchkarovCheck,
} from './sanity/batchkarov.ts';
export { type Landscape, type LandscapePlan, landscape } from './sanity/landscape.ts';
export { type StatedFigure } from './report/stated-figure.ts';
export { type CeilingReport } from './report/ceiling-report.ts';
export { type ProvenanceReport } from './report/provenance-report.ts';
export { type ReliabilityFigures } from './report/reliability-figures.ts';
export {
  type RatingReport,
  type RatingReportOptions,
  type ReadRatings,
  ratingReport,
} from './report/rating-report.ts';
export { type NamedEmbedding, compareEmbeddings } from './report/embedding-comparison.ts';
export { scoredPairs } from './report/scored-pairs.ts';
export { type DrawJob, type JobResult, doJob, jobSize } from './report/draw-jobs.ts';
export { type NamedJob, type SanityPlan, FEWEST_DRAWS, sanityJobs } from './report/sanity-jobs.ts';
export { type SanityLevel, type SanityReport, sanityReport } from './report/sanity-report.ts';
