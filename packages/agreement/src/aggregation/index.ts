export { type Answer, type Answers, collectAnswers } from './answers.ts';
export {
  accuracyAgainst,
  type Figure,
  type LabelAggregation,
  labelsByUnit,
  posteriorOf,
} from './aggregation.ts';
export type { FitControl, IterationOptions } from './control.ts';
export { posteriorOfKnownAccuracies, type Vote } from './known-accuracies.ts';
export { majorityVote, type VoteOptions } from './majority-vote.ts';
export { wawa } from './wawa.ts';
export { zeroBasedSkill, type ZeroBasedSkillOptions } from './zero-based-skill.ts';
export { dawidSkene, type DawidSkeneAggregation, type DawidSkeneOptions } from './dawid-skene.ts';
export { oneCoin, type OneCoinAggregation, type OneCoinOptions } from './one-coin.ts';
export { mace, type MaceAggregation, type MaceOptions } from './mace.ts';
export { glad, type GladAggregation, type GladOptions } from './glad.ts';
export { kos, type KosOptions } from './kos.ts';
export { mmsr, type MmsrOptions } from './mmsr.ts';
export { mpa, type MpaAggregation, type MpaOptions, type MpaProfile } from './mpa.ts';
export type { BetaPrior } from './mpa-prior.ts';
export { antecedentOf, chainsOf } from './mpa-chains.ts';
export type { Ranking } from './rankings.ts';
export { type ComparisonAggregation, scoresByItem, type Strengths } from './strengths.ts';
export { plackettLuce, type PlackettLuceOptions } from './plackett-luce.ts';
export { bradleyTerry, type Comparison } from './bradley-terry.ts';
export {
  noisyBradleyTerry,
  type NoisyBradleyTerryAggregation,
  type NoisyBradleyTerryOptions,
} from './noisy-bradley-terry.ts';
export { type BestWorst, bestWorstCounting, type BestWorstScores, bestWorstSplitHalf } from './best-worst.ts';
export {
  bestWorstReliability,
  type BestWorstReliability,
  type DefinedBestWorstReliability,
  type BestWorstReliabilityOptions,
  type TupleJudgement,
} from './best-worst-reliability.ts';
export { consistency, meanUnitEntropy } from './label-quality.ts';
export {
  aggregateComparisons,
  aggregateLabels,
  aggregateMentionPairs,
  type AggregateOptions,
  COMPARISON_MODELS,
  type ComparisonModel,
  LABEL_MODELS,
  type LabelModel,
} from './aggregate.ts';
