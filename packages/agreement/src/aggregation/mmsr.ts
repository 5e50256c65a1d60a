import { namedGenerator } from '../random.ts';
import { bestLabels, type LabelAggregation, named } from './aggregation.ts';
import type { Answers } from './answers.ts';
import { coderCovariance, type CoderCovariance } from './coder-covariance.ts';
import { coderSigns } from './coder-signs.ts';
import { type Fitting, type IterationOptions, requireIterations, runFit } from './control.ts';
import { normalise } from './dawid-skene.ts';

export interface MmsrOptions extends IterationOptions {
  readonly seed?: number;
}

/**
 * M-MSR (Ma & Olshevsky 2020): coders' skills s from the rank-one matrix s·sᵀ that their agreement with each other
 * estimates, completed robustly: each skill is the mean of its estimates from the others, without the F largest and F
 * smallest, F = ⌊least number of colleagues / 2⌋ − 1. Labels are then voted with weights log((K−1)p / (1−p)), which
 * make the one-coin posteriors given here. Reliability is p, the probability of giving the true label.
 *
 * Stops at 10,000 rounds or where the skills move by no more than 1e-10. The signs of the skills come from the signed
 * graph of the coders, as in the paper; crowd-kit's graph differs in that every coder has an edge to himself, and coders
 * who share no unit count as being of opposite signs. Where coders share few units, a sign rests on few answers and can be
 * wrong. Time and memory grow with the pairs of coders who share a unit. Throws where there are fewer than two labels or
 * coders.
 */
export function mmsr(answers: Answers, options: MmsrOptions = {}): LabelAggregation {
  return runFit(fitMmsr(answers, options), options);
}

export function* fitMmsr(answers: Answers, options: MmsrOptions): Fitting<LabelAggregation> {
  const { iterations = 10_000, tolerance = 1e-10, seed = 1 } = options;
  requireIterations(iterations);
  const labels = answers.labels.length;
  const coders = answers.coders.length;
  if (labels < 2) throw new RangeError('M-MSR needs two labels or more; only one was used');
  if (coders < 2) throw new RangeError('M-MSR needs two coders or more; there is one');
  const covariance = coderCovariance(answers);
  const generator = namedGenerator('mmsr', seed);
  let least = coders;
  for (let coder = 0; coder < coders; coder += 1) {
    least = Math.min(least, (covariance.starts[coder + 1] ?? 0) - (covariance.starts[coder] ?? 0));
  }
  const cut = Math.max(0, Math.floor(least / 2) - 1);
  const left = Float64Array.from({ length: coders }, () => generator.next());
  const right = Float64Array.from({ length: coders }, () => generator.next());
  const floor = 1 / Math.sqrt(answers.units.length);
  let done = 0;
  let converged = false;
  while (done < iterations && !converged) {
    done += 1;
    const moved = Math.max(
      trimmedStep(covariance, left, right, cut, floor),
      trimmedStep(covariance, right, left, cut, floor),
    );
    converged = moved <= tolerance;
    yield done / iterations;
  }
  const balance = Math.sqrt(norm(left) / norm(right));
  const signs = coderSigns(covariance);
  const accuracy = left.map((value, coder) => {
    const skill = ((signs[coder] ?? 1) * value) / balance;
    const bounded = Math.max(Math.min(skill, 1 - floor), floor - 1 / (labels - 1));
    return (bounded * (labels - 1)) / labels + 1 / labels;
  });

  const weight = accuracy.map((own) => Math.log((own * (labels - 1)) / (1 - own)));
  const posteriors = new Float64Array(answers.units.length * labels);
  const score = new Float64Array(labels);
  for (let unit = 0; unit < answers.units.length; unit += 1) {
    score.fill(0);
    for (let at = answers.starts[unit] ?? 0; at < (answers.starts[unit + 1] ?? 0); at += 1) {
      const label = answers.labelOf[at] ?? 0;
      score[label] = (score[label] ?? 0) + (weight[answers.coderOf[at] ?? 0] ?? 0);
    }
    normalise(score, -1);
    posteriors.set(score, unit * labels);
  }
  return {
    model: 'mmsr',
    ...named(answers),
    posteriors,
    best: bestLabels(posteriors, labels),
    reliability: accuracy,
    reliabilityIs: 'probability of giving the true label',
    logLikelihood: { value: null, reason: 'skills are completed from a matrix, not from a likelihood' },
    objective: [],
    iterations: done,
    converged,
    seed,
  };
}

/** Sets each of `to` to the trimmed mean of |C| / from over its colleagues; returns the largest move. */
function trimmedStep(
  { starts, colleague, value }: CoderCovariance,
  from: Float64Array,
  to: Float64Array,
  cut: number,
  floor: number,
): number {
  let moved = 0;
  for (let coder = 0; coder < to.length; coder += 1) {
    const estimates: number[] = [];
    for (let at = starts[coder] ?? 0; at < (starts[coder + 1] ?? 0); at += 1) {
      const other = from[colleague[at] ?? 0] ?? 0;
      if (other !== 0) estimates.push(Math.abs(value[at] ?? 0) / other);
    }
    const kept = withoutExtremes(estimates, cut, to[coder] ?? 0);
    if (kept.length === 0) continue;
    const mean =
      kept.length === 1 && kept[0] === 0 ? floor : kept.reduce((sum, own) => sum + own, 0) / kept.length;
    moved = Math.max(moved, Math.abs(mean - (to[coder] ?? 0)));
    to[coder] = mean;
  }
  return moved;
}

/** Leaves out the `cut` smallest that lie below `present`, or all that do where they are fewer; the same above. */
function withoutExtremes(values: readonly number[], cut: number, present: number): Float64Array {
  const sorted = Float64Array.from(values).sort();
  const below = sorted.filter((value) => value < present).length;
  const above = sorted.filter((value) => value > present).length;
  return sorted.slice(Math.min(cut, below), sorted.length - Math.min(cut, above));
}

function norm(values: Float64Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}
