import { bestLabels, type LabelAggregation, named } from './aggregation.ts';
import { type Answers, goldLabels } from './answers.ts';
import { Ascent, type Fitting, type IterationOptions, requireIterations, runFit } from './control.ts';
import { normalise } from './dawid-skene.ts';
import type { VoteOptions } from './majority-vote.ts';
import { weightedVote } from './weighted-vote.ts';

export type OneCoinOptions = IterationOptions & VoteOptions;

export interface OneCoinAggregation extends LabelAggregation {
  readonly prevalence: Float64Array;
}

/** Keeps logarithms finite for a coder who is always, or never, right. */
const FLOOR = 1e-10;

/**
 * One-coin Dawid–Skene: a coder is right with one probability, whatever the label, and otherwise takes any of the
 * other labels alike. EM from the majority vote; iterations and stopping as in {@link dawidSkene}.
 */
export function oneCoin(answers: Answers, options: OneCoinOptions = {}): OneCoinAggregation {
  return runFit(fitOneCoin(answers, options), options);
}

export function* fitOneCoin(answers: Answers, options: OneCoinOptions): Fitting<OneCoinAggregation> {
  const { iterations = 100, tolerance = 1e-7 } = options;
  requireIterations(iterations);
  const { starts, coderOf, labelOf } = answers;
  const labels = answers.labels.length;
  const gold = goldLabels(answers, options.gold);
  const posteriors = weightedVote(answers, null, gold);
  const given = new Float64Array(answers.coders.length);
  for (const coder of coderOf) given[coder] = (given[coder] ?? 0) + 1;
  const prevalence = new Float64Array(labels);
  const skill = new Float64Array(answers.coders.length);
  const right = new Float64Array(answers.coders.length);

  const maximise = (): void => {
    prevalence.fill(0);
    right.fill(0);
    for (let unit = 0; unit < answers.units.length; unit += 1) {
      const row = unit * labels;
      for (let label = 0; label < labels; label += 1) {
        prevalence[label] = (prevalence[label] ?? 0) + (posteriors[row + label] ?? 0);
      }
      for (let at = starts[unit] ?? 0; at < (starts[unit + 1] ?? 0); at += 1) {
        const coder = coderOf[at] ?? 0;
        right[coder] = (right[coder] ?? 0) + (posteriors[row + (labelOf[at] ?? 0)] ?? 0);
      }
    }
    for (let label = 0; label < labels; label += 1)
      prevalence[label] = (prevalence[label] ?? 0) / answers.units.length;
    for (let coder = 0; coder < skill.length; coder += 1)
      skill[coder] = (right[coder] ?? 0) / (given[coder] ?? 1);
  };

  const ascent = new Ascent(tolerance);
  const advantage = new Float64Array(skill.length);
  const score = new Float64Array(labels);
  const expect = (): number => {
    const logPrevalence = prevalence.map(Math.log);
    let likelihood = 0;
    for (let coder = 0; coder < skill.length; coder += 1) {
      const own = Math.min(Math.max(skill[coder] ?? 0, FLOOR), 1 - FLOOR);
      const wrong = labels === 1 ? 0 : Math.log((1 - own) / (labels - 1));
      advantage[coder] = Math.log(own) - wrong;
      likelihood += (given[coder] ?? 0) * wrong;
    }
    for (let unit = 0; unit < answers.units.length; unit += 1) {
      for (let label = 0; label < labels; label += 1) score[label] = logPrevalence[label] ?? 0;
      for (let at = starts[unit] ?? 0; at < (starts[unit + 1] ?? 0); at += 1) {
        const label = labelOf[at] ?? 0;
        score[label] = (score[label] ?? 0) + (advantage[coderOf[at] ?? 0] ?? 0);
      }
      likelihood += normalise(score, gold?.[unit] ?? -1);
      for (let label = 0; label < labels; label += 1) posteriors[unit * labels + label] = score[label] ?? 0;
    }
    return likelihood;
  };

  maximise();
  let resting = false;
  while (ascent.history.length < iterations && !resting) {
    resting = ascent.record(expect());
    maximise();
    yield ascent.history.length / iterations;
  }
  return {
    model: 'one-coin',
    ...named(answers),
    posteriors,
    best: bestLabels(posteriors, labels),
    reliability: skill,
    reliabilityIs: 'probability of giving the true label',
    logLikelihood: { value: ascent.value, reason: null },
    objective: ascent.history,
    iterations: ascent.history.length,
    converged: ascent.converged,
    seed: null,
    prevalence,
  };
}
