export { type Answer, type Answers, collectAnswers } from './answers.ts';
export {
  accuracyAgainst,
  type Figure,
  type LabelAggregation,
  labelsByUnit,
  posteriorOf,
} from './aggregation.ts';
export type { FitControl, IterationOptions } from './control.ts';
export { majorityVote, type VoteOptions } from './majority-vote.ts';
export { wawa } from './wawa.ts';
export { zeroBasedSkill, type ZeroBasedSkillOptions } from './zero-based-skill.ts';
export { dawidSkene, type DawidSkeneAggregation, type DawidSkeneOptions } from './dawid-skene.ts';
export { oneCoin, type OneCoinAggregation, type OneCoinOptions } from './one-coin.ts';
export { mace, type MaceAggregation, type MaceOptions } from './mace.ts';
export { glad, type GladAggregation, type GladOptions } from './glad.ts';
export { kos, type KosOptions } from './kos.ts';
export { mmsr, type MmsrOptions } from './mmsr.ts';
