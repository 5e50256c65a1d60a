export type {
  CoreferenceDocument,
  CoreferenceEntity,
  CoreferenceMention,
  MentionRange,
  MentionSpan,
  SplitAntecedentEntity,
} from './mention.ts';
export type { MentionMatch } from './matching.ts';
export type { Singletons } from './partition.ts';
export type { Score, ScoreCounts } from './score.ts';
export type { BlancCounts, BlancScore } from './blanc.ts';
export type { ContingencyTable, DocumentTables } from './contingency.ts';
export { contingencyTable, plainTables } from './contingency.ts';
export { maximumWeightMatching, type SparseWeights } from './assignment.ts';
export { muc } from './muc.ts';
export { bCubed } from './b-cubed.ts';
export { ceafEntities, ceafMentions } from './ceaf.ts';
export { blancCounts, blancScore } from './blanc.ts';
export { lea } from './lea.ts';
export { scoreFromCounts } from './score.ts';
export {
  COREFERENCE_METRICS,
  type CoreferenceMetric,
  type CoreferenceOptions,
  type CoreferenceReport,
  scoreCoreference,
  tablesOfDocument,
} from './score-documents.ts';
export { type CodedDocument, type CoderPair, pairwiseCoreference } from './pairwise.ts';
export {
  CODER_SCORES,
  type CoderPairDocuments,
  type CoderPairScores,
  type CoderScore,
  coreferenceBetweenCoders,
  type ScoresBetweenCoders,
} from './between-coders.ts';
export type { CoreferenceScores, DocumentScores } from './scores.ts';
