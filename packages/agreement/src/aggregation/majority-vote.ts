import { bestLabels, type LabelAggregation, named } from './aggregation.ts';
import { type Answers, goldLabels } from './answers.ts';
import { accuracyWithVote, weightedVote } from './weighted-vote.ts';

export interface VoteOptions {
  /** Units whose label is known; they keep it. */
  readonly gold?: ReadonlyMap<string, string>;
}

/**
 * Majority vote: the label that most answers gave. Posteriors are shares of the answers; of equals the first label in
 * the order of their code units wins. A coder's reliability is the share of his answers that the majority gave too.
 */
export function majorityVote(answers: Answers, options: VoteOptions = {}): LabelAggregation {
  const posteriors = weightedVote(answers, null, goldLabels(answers, options.gold));
  const best = bestLabels(posteriors, answers.labels.length);
  return {
    model: 'majority',
    ...named(answers),
    posteriors,
    best,
    reliability: accuracyWithVote(answers, best),
    reliabilityIs: 'share of answers equal to the majority',
    logLikelihood: { value: null, reason: 'a vote is no probabilistic model' },
    objective: [],
    iterations: 1,
    converged: true,
    seed: null,
  };
}
