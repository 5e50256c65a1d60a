import type { Answers } from './answers.ts';
import { normalise } from './dawid-skene.ts';
import { ABILITY, LOG_EASE } from './glad-prior.ts';

/**
 * One iteration of expectation–conditional maximisation (Meng & Rubin 1993); returns the log-likelihood at the
 * parameters it began with. Given the posteriors, each log β takes a Newton step that is halved until it does not hurt,
 * then each α the step of a quadratic bound (Jaakkola & Jordan 2000), so the log posterior never falls.
 */
export function conditionalStep(
  answers: Answers,
  gold: Int32Array | null,
  abilities: Float64Array,
  logEase: Float64Array,
  posteriors: Float64Array,
): number {
  const { starts, coderOf, labelOf } = answers;
  const labels = answers.labels.length;
  // Where the answer is right its score gains αβ + log(labels − 1) over any other label.
  const logOthers = Math.log(Math.max(1, labels - 1));
  const slope = new Float64Array(abilities.length);
  const curvature = new Float64Array(abilities.length);
  const score = new Float64Array(labels);
  let likelihood = -answers.units.length * Math.log(labels) - coderOf.length * logOthers;
  for (let unit = 0; unit < answers.units.length; unit += 1) {
    const from = starts[unit] ?? 0;
    const to = starts[unit + 1] ?? 0;
    const start = logEase[unit] ?? 0;
    let ease = Math.exp(start);
    score.fill(0);
    let soft = 0;
    for (let at = from; at < to; at += 1) {
      const label = labelOf[at] ?? 0;
      const x = (abilities[coderOf[at] ?? 0] ?? 0) * ease;
      score[label] = (score[label] ?? 0) + x + logOthers;
      soft += softplus(x);
    }
    likelihood += normalise(score, gold?.[unit] ?? -1) - soft;
    posteriors.set(score, unit * labels);

    // A Newton step in log β: its gain is compared with what stands, and halved while it loses.
    let gain = 0;
    let slopeHere = LOG_EASE - start;
    let bend = 1;
    for (let at = from; at < to; at += 1) {
      const x = (abilities[coderOf[at] ?? 0] ?? 0) * ease;
      const right = score[labelOf[at] ?? 0] ?? 0;
      const sigma = 1 / (1 + Math.exp(-x));
      gain += right * x;
      slopeHere += (right - sigma) * x;
      bend += sigma * (1 - sigma) * x * x - (right - sigma) * x;
    }
    const stands = gain - soft - ((start - LOG_EASE) * (start - LOG_EASE)) / 2;
    let step = slopeHere / Math.max(bend, 0.5);
    step = Math.max(-1, Math.min(1, step));
    // What the step can gain is known to first order; below the rounding of what stands it is not worth a try.
    if (Math.abs(slopeHere * step) < 1e-13 * (1 + Math.abs(stands))) step = 0;
    let moved = start;
    for (let halving = 0; halving < 12 && step !== 0; halving += 1) {
      const tried = start + step;
      const triedEase = Math.exp(tried);
      let value = -((tried - LOG_EASE) * (tried - LOG_EASE)) / 2;
      for (let at = from; at < to; at += 1) {
        const x = (abilities[coderOf[at] ?? 0] ?? 0) * triedEase;
        value += (score[labelOf[at] ?? 0] ?? 0) * x - softplus(x);
      }
      if (value >= stands) {
        moved = tried;
        ease = triedEase;
        break;
      }
      step /= 2;
    }
    logEase[unit] = moved;

    for (let at = from; at < to; at += 1) {
      const coder = coderOf[at] ?? 0;
      const x = (abilities[coder] ?? 0) * ease;
      const sigma = 1 / (1 + Math.exp(-x));
      slope[coder] = (slope[coder] ?? 0) + ((score[labelOf[at] ?? 0] ?? 0) - sigma) * ease;
      const bound = Math.abs(x) < 1e-6 ? 0.25 : (sigma - 0.5) / x;
      curvature[coder] = (curvature[coder] ?? 0) + bound * ease * ease;
    }
  }
  for (let coder = 0; coder < abilities.length; coder += 1) {
    const ability = abilities[coder] ?? 0;
    abilities[coder] = ability + ((slope[coder] ?? 0) + ABILITY - ability) / ((curvature[coder] ?? 0) + 1);
  }
  return likelihood;
}

/** log(1 + exp(x)) without overflow. */
function softplus(x: number): number {
  return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
}
