import { bestLabels, type LabelAggregation, named } from './aggregation.ts';
import { type Answers, goldLabels } from './answers.ts';
import { type Fitting, type IterationOptions, requireIterations, runFit } from './control.ts';
import type { VoteOptions } from './majority-vote.ts';
import { accuracyWithVote, weightedVote } from './weighted-vote.ts';

export type ZeroBasedSkillOptions = IterationOptions & VoteOptions;

/** Steps of the learning rate, as crowd-kit has them. */
const REDUCE_EVERY = 20;
const REDUCE_BY = 0.5;
const ABOVE_CHANCE = 1e-5;

/**
 * Zero-based skill: a weighted vote whose weights start at chance and move towards each coder's agreement with the
 * vote by a step that halves every 20 iterations (crowd-kit). Stops once no weight moves by more than the tolerance
 * (default 1e-9) and no label changes.
 */
export function zeroBasedSkill(answers: Answers, options: ZeroBasedSkillOptions = {}): LabelAggregation {
  return runFit(fitZeroBasedSkill(answers, options), options);
}

export function* fitZeroBasedSkill(
  answers: Answers,
  options: ZeroBasedSkillOptions,
): Fitting<LabelAggregation> {
  const { iterations = 100, tolerance = 1e-9 } = options;
  requireIterations(iterations);
  const gold = goldLabels(answers, options.gold);
  const labels = answers.labels.length;
  const skills = new Float64Array(answers.coders.length).fill(1 / labels + ABOVE_CHANCE);
  let rate = 1;
  let done = 0;
  let converged = false;
  let last: Int32Array | null = null;
  while (done < iterations && !converged) {
    done += 1;
    if (done % REDUCE_EVERY === 0) rate *= REDUCE_BY;
    const best = bestLabels(weightedVote(answers, skills, gold), labels);
    const accuracy = accuracyWithVote(answers, best);
    let moved = 0;
    for (let coder = 0; coder < skills.length; coder += 1) {
      const step = rate * ((accuracy[coder] ?? 0) - (skills[coder] ?? 0));
      skills[coder] = (skills[coder] ?? 0) + step;
      moved = Math.max(moved, Math.abs(step));
    }
    converged = moved <= tolerance && last !== null && best.every((label, unit) => label === last?.[unit]);
    last = best;
    yield done / iterations;
  }
  const posteriors = weightedVote(answers, skills, gold);
  return {
    model: 'zbs',
    ...named(answers),
    posteriors,
    best: bestLabels(posteriors, labels),
    reliability: skills,
    reliabilityIs: 'share of answers equal to the weighted vote',
    logLikelihood: { value: null, reason: 'a vote is no probabilistic model' },
    objective: [],
    iterations: done,
    converged,
    seed: null,
  };
}
