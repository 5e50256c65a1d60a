import { bestLabels, type LabelAggregation } from './aggregation.ts';
import { type Answers, goldLabels } from './answers.ts';
import { majorityVote, type VoteOptions } from './majority-vote.ts';
import { weightedVote } from './weighted-vote.ts';

/**
 * Worker agreement with aggregate (Wawa; Appen): a vote weighted by each coder's share of agreement with the majority.
 */
export function wawa(answers: Answers, options: VoteOptions = {}): LabelAggregation {
  const majority = majorityVote(answers, options);
  const posteriors = weightedVote(answers, majority.reliability, goldLabels(answers, options.gold));
  return { ...majority, model: 'wawa', posteriors, best: bestLabels(posteriors, answers.labels.length) };
}
