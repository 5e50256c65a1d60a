import { bestLabels, type LabelAggregation, named } from './aggregation.ts';
import { type Answers, goldLabels } from './answers.ts';
import { Ascent, type Fitting, type IterationOptions, requireIterations, runFit } from './control.ts';
import type { VoteOptions } from './majority-vote.ts';
import { weightedVote } from './weighted-vote.ts';

export type DawidSkeneOptions = IterationOptions & VoteOptions;

export interface DawidSkeneAggregation extends LabelAggregation {
  /** Label → prevalence. */
  readonly prevalence: Float64Array;
  /** coders × observed label × true label: the probability of the observed given the true one. */
  readonly confusion: Float64Array;
}

/**
 * Dawid & Skene 1979: each coder has a matrix of confusion, fitted with the prevalence of labels by EM from the
 * majority vote. The objective is the true log-likelihood, the prior counted once for each unit; it never falls.
 *
 * Iteration n is the nth E-step followed by its M-step: posteriors are of the E-step, parameters of the M-step. Stops
 * at 100 iterations or where the log-likelihood grows by less than 1e-7 of its size. Repeated answers of a coder to a
 * unit count each (their data have such). Reliability is the chance that the coder gives the true label.
 */
export function dawidSkene(answers: Answers, options: DawidSkeneOptions = {}): DawidSkeneAggregation {
  return runFit(fitDawidSkene(answers, options), options);
}

export function* fitDawidSkene(answers: Answers, options: DawidSkeneOptions): Fitting<DawidSkeneAggregation> {
  const { iterations = 100, tolerance = 1e-7 } = options;
  requireIterations(iterations);
  const labels = answers.labels.length;
  const gold = goldLabels(answers, options.gold);
  const posteriors = weightedVote(answers, null, gold);
  const prevalence = new Float64Array(labels);
  const confusion = new Float64Array(answers.coders.length * labels * labels);
  const counts = new Float64Array(confusion.length);
  count(answers, posteriors, counts);
  maximise(answers, posteriors, counts, prevalence, confusion);

  const ascent = new Ascent(tolerance);
  const logConfusion = new Float64Array(confusion.length);
  let resting = false;
  while (ascent.history.length < iterations && !resting) {
    for (let at = 0; at < confusion.length; at += 1) logConfusion[at] = Math.log(confusion[at] ?? 0);
    counts.fill(0);
    resting = ascent.record(expect(answers, gold, prevalence, logConfusion, posteriors, counts));
    maximise(answers, posteriors, counts, prevalence, confusion);
    yield ascent.history.length / iterations;
  }
  return {
    model: 'dawid-skene',
    ...named(answers),
    posteriors,
    best: bestLabels(posteriors, labels),
    reliability: diagonal(answers, prevalence, confusion),
    reliabilityIs: 'probability of giving the true label, over the prevalence of labels',
    logLikelihood: { value: ascent.value, reason: null },
    objective: ascent.history,
    iterations: ascent.history.length,
    converged: ascent.converged,
    seed: null,
    prevalence,
    confusion,
  };
}

/** E-step: fills posteriors, adds them up in counts (coder × observed × true), returns the log-likelihood. */
function expect(
  answers: Answers,
  gold: Int32Array | null,
  prevalence: Float64Array,
  logConfusion: Float64Array,
  posteriors: Float64Array,
  counts: Float64Array,
): number {
  const { starts, coderOf, labelOf } = answers;
  const labels = answers.labels.length;
  const logPrevalence = prevalence.map(Math.log);
  const score = new Float64Array(labels);
  let likelihood = 0;
  for (let unit = 0; unit < answers.units.length; unit += 1) {
    const from = starts[unit] ?? 0;
    const to = starts[unit + 1] ?? 0;
    for (let label = 0; label < labels; label += 1) score[label] = logPrevalence[label] ?? 0;
    for (let at = from; at < to; at += 1) {
      const row = ((coderOf[at] ?? 0) * labels + (labelOf[at] ?? 0)) * labels;
      for (let label = 0; label < labels; label += 1) {
        score[label] = (score[label] ?? 0) + (logConfusion[row + label] ?? 0);
      }
    }
    likelihood += normalise(score, gold?.[unit] ?? -1);
    const own = unit * labels;
    for (let label = 0; label < labels; label += 1) posteriors[own + label] = score[label] ?? 0;
    for (let at = from; at < to; at += 1) {
      const row = ((coderOf[at] ?? 0) * labels + (labelOf[at] ?? 0)) * labels;
      for (let label = 0; label < labels; label += 1) {
        counts[row + label] = (counts[row + label] ?? 0) + (score[label] ?? 0);
      }
    }
  }
  return likelihood;
}

/**
 * Turns log scores into probabilities in place and returns the logarithm of their sum. A known label takes all, and
 * the logarithm is its own score.
 */
export function normalise(score: Float64Array, known: number): number {
  if (known >= 0) {
    const own = score[known] ?? 0;
    score.fill(0);
    score[known] = 1;
    return own;
  }
  let most = -Infinity;
  for (let label = 0; label < score.length; label += 1) most = Math.max(most, score[label] ?? 0);
  let sum = 0;
  for (let label = 0; label < score.length; label += 1) {
    const value = Math.exp((score[label] ?? 0) - most);
    score[label] = value;
    sum += value;
  }
  for (let label = 0; label < score.length; label += 1) score[label] = (score[label] ?? 0) / sum;
  return most + Math.log(sum);
}

function count(answers: Answers, posteriors: Float64Array, counts: Float64Array): void {
  const { starts, coderOf, labelOf } = answers;
  const labels = answers.labels.length;
  for (let unit = 0; unit < answers.units.length; unit += 1) {
    for (let at = starts[unit] ?? 0; at < (starts[unit + 1] ?? 0); at += 1) {
      const row = ((coderOf[at] ?? 0) * labels + (labelOf[at] ?? 0)) * labels;
      for (let label = 0; label < labels; label += 1) {
        counts[row + label] = (counts[row + label] ?? 0) + (posteriors[unit * labels + label] ?? 0);
      }
    }
  }
}

/** M-step: prevalence is the mean posterior; each column of a confusion matrix sums to 1. */
function maximise(
  answers: Answers,
  posteriors: Float64Array,
  counts: Float64Array,
  prevalence: Float64Array,
  confusion: Float64Array,
): void {
  const labels = answers.labels.length;
  prevalence.fill(0);
  for (let at = 0; at < posteriors.length; at += labels) {
    for (let label = 0; label < labels; label += 1) {
      prevalence[label] = (prevalence[label] ?? 0) + (posteriors[at + label] ?? 0);
    }
  }
  for (let label = 0; label < labels; label += 1)
    prevalence[label] = (prevalence[label] ?? 0) / answers.units.length;
  const size = labels * labels;
  for (let matrix = 0; matrix < confusion.length; matrix += size) {
    for (let label = 0; label < labels; label += 1) {
      let total = 0;
      for (let at = matrix + label; at < matrix + size; at += labels) total += counts[at] ?? 0;
      for (let at = matrix + label; at < matrix + size; at += labels) {
        // A coder who never met a unit of this label: any column is as likely, the flat one claims least.
        confusion[at] = total === 0 ? 1 / labels : (counts[at] ?? 0) / total;
      }
    }
  }
}

function diagonal(answers: Answers, prevalence: Float64Array, confusion: Float64Array): Float64Array {
  const labels = answers.labels.length;
  return Float64Array.from(answers.coders, (_, coder) => {
    let right = 0;
    for (let label = 0; label < labels; label += 1) {
      right += (prevalence[label] ?? 0) * (confusion[(coder * labels + label) * labels + label] ?? 0);
    }
    return right;
  });
}
