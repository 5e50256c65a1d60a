import type { Answers } from './answers.ts';
import { conjugateGradients, type Differentiable } from './conjugate-gradients.ts';
import { normalise } from './dawid-skene.ts';
import { ABILITY, LOG_EASE, logPrior } from './glad-prior.ts';

/** Of the M-step: a gradient that counts as flat, and how many rounds are enough. Both as in the authors' program. */
const FLAT = 0.01;
const ROUNDS = 25;
/** Below this a product of factors between 1 and 2 stays in the range of a double. */
const FACTORS = 512;

/** Writes the posteriors at these parameters; returns the log-likelihood. */
export function expectation(
  { starts, coderOf, labelOf, units, labels: { length: labels } }: Answers,
  gold: Int32Array | null,
  abilities: Float64Array,
  logEase: Float64Array,
  posteriors: Float64Array,
): number {
  const logOthers = Math.log(Math.max(1, labels - 1));
  const score = new Float64Array(labels);
  let likelihood = -units.length * Math.log(labels) - coderOf.length * logOthers;
  for (let unit = 0; unit < units.length; unit += 1) {
    const ease = Math.exp(logEase[unit] ?? 0);
    const to = starts[unit + 1] ?? 0;
    score.fill(0);
    for (let at = starts[unit] ?? 0; at < to; at += 1) {
      const label = labelOf[at] ?? 0;
      const x = (abilities[coderOf[at] ?? 0] ?? 0) * ease;
      score[label] = (score[label] ?? 0) + x + logOthers;
      likelihood -= Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }
    likelihood += normalise(score, gold?.[unit] ?? -1);
    posteriors.set(score, unit * labels);
  }
  return likelihood;
}

/**
 * The M-step by conjugate gradients: moves the parameters and returns the expected log of the complete data and the
 * priors there, constants left out.
 */
export function maximisation(
  answers: Answers,
  abilities: Float64Array,
  logEase: Float64Array,
  posteriors: Float64Array,
): number {
  const point = new Float64Array(abilities.length + logEase.length);
  point.set(abilities);
  point.set(logEase, abilities.length);
  const value = conjugateGradients(lossOf(answers, posteriors), point, FLAT, ROUNDS);
  abilities.set(point.subarray(0, abilities.length));
  logEase.set(point.subarray(abilities.length));
  return -value;
}

function lossOf(answers: Answers, posteriors: Float64Array): Differentiable {
  const { starts, coderOf, labelOf } = answers;
  const coders = answers.coders.length;
  const units = answers.units.length;
  const labels = answers.labels.length;
  /** Answer → how probable it is that it is right. */
  const right = new Float64Array(coderOf.length);
  let wrong = 0;
  for (let unit = 0; unit < units; unit += 1) {
    for (let at = starts[unit] ?? 0; at < (starts[unit + 1] ?? 0); at += 1) {
      right[at] = posteriors[unit * labels + (labelOf[at] ?? 0)] ?? 0;
      wrong += 1 - (right[at] ?? 0);
    }
  }
  const others = wrong * Math.log(Math.max(1, labels - 1));
  return (point, gradient) => {
    const abilities = point.subarray(0, coders);
    const logEase = point.subarray(coders);
    const slopes = gradient.subarray(0, coders);
    for (let coder = 0; coder < coders; coder += 1) slopes[coder] = (abilities[coder] ?? 0) - ABILITY;
    let loss = others - logPrior(abilities, ABILITY) - logPrior(logEase, LOG_EASE);
    // log(1 + a) + log(1 + b) + … is one logarithm of a product.
    let product = 1;
    let factors = 0;
    for (let unit = 0; unit < units; unit += 1) {
      const ease = Math.exp(logEase[unit] ?? 0);
      const to = starts[unit + 1] ?? 0;
      let slope = 0;
      for (let at = starts[unit] ?? 0; at < to; at += 1) {
        const coder = coderOf[at] ?? 0;
        const ability = abilities[coder] ?? 0;
        const x = ability * ease;
        const small = Math.exp(-Math.abs(x));
        const sigma = (x > 0 ? 1 : small) / (1 + small);
        const own = right[at] ?? 0;
        loss += (x > 0 ? x : 0) - own * x;
        product *= 1 + small;
        const missed = (sigma - own) * ease;
        slopes[coder] = (slopes[coder] ?? 0) + missed;
        slope += missed * ability;
        factors += 1;
        if (factors === FACTORS) {
          loss += Math.log(product);
          product = 1;
          factors = 0;
        }
      }
      gradient[coders + unit] = slope + (logEase[unit] ?? 0) - LOG_EASE;
    }
    return loss + Math.log(product);
  };
}
