import { Ascent, type Fitting, type IterationOptions, requireIterations, runFit } from './control.ts';
import { type Ranking, type Rankings, collectRankings, whyUnbounded } from './rankings.ts';
import type { ComparisonAggregation } from './strengths.ts';

export interface PlackettLuceOptions extends IterationOptions {
  /** Precision of a normal prior of mean 0 on every log strength; 0 (default) is maximum likelihood. */
  readonly priorPrecision?: number;
}

/**
 * Plackett–Luce (Luce 1959, Plackett 1975): each choice takes an item among those that remain with a probability in
 * proportion to its strength. Maximum likelihood, or the mode under a normal prior, by Newton steps whose linear
 * systems are solved by conjugate gradients, halved until the likelihood does not fall. Linear in time and memory of
 * an iteration. Stops at 100 iterations or where the likelihood no longer grows.
 *
 * Without a prior no strengths exist where the items are not linked by wins in both directions (Hunter 2004).
 */
export function plackettLuce(
  rankings: Iterable<Ranking>,
  options: PlackettLuceOptions = {},
): ComparisonAggregation {
  return runFit(fitPlackettLuce('plackett-luce', collectRankings(rankings), options), options);
}

export function* fitPlackettLuce(
  model: string,
  rankings: Rankings,
  options: PlackettLuceOptions,
): Fitting<ComparisonAggregation> {
  const { iterations = 100, tolerance = 0, priorPrecision = 0 } = options;
  requireIterations(iterations);
  if (!(priorPrecision >= 0 && priorPrecision < Infinity)) {
    throw new RangeError(`the prior's precision is ${priorPrecision}; expected 0 or more`);
  }
  const { items } = rankings;
  const reason = priorPrecision === 0 ? whyUnbounded(rankings) : null;
  if (reason !== null) {
    return {
      model,
      items,
      strengths: { logStrengths: null, reason },
      logLikelihood: { value: null, reason },
      objective: [],
      iterations: 0,
      converged: false,
      seed: null,
    };
  }
  const ascent = new Ascent(tolerance);
  const strengths = new Float64Array(items.length);
  ascent.record(logPosterior(rankings, strengths, priorPrecision));
  yield 0;
  while (ascent.history.length <= iterations && !ascent.converged) {
    ascent.record(newtonStep(rankings, strengths, priorPrecision, ascent.value));
    yield Math.min(1, (ascent.history.length - 1) / iterations);
  }
  return {
    model,
    items,
    strengths: { logStrengths: strengths, reason: null },
    logLikelihood: { value: logPosterior(rankings, strengths, 0), reason: null },
    objective: ascent.history,
    iterations: ascent.history.length - 1,
    converged: ascent.converged,
    seed: null,
  };
}

/** Log-likelihood plus the log of the prior, its constant left out. */
function logPosterior(
  { starts, members, choices, weights }: Rankings,
  strengths: Float64Array,
  precision: number,
): number {
  let sum = 0;
  for (let ranking = 0; ranking < choices.length; ranking += 1) {
    const from = starts[ranking] ?? 0;
    const last = from + (choices[ranking] ?? 0);
    let own = 0;
    let most = -Infinity;
    let remaining = 0;
    for (let at = (starts[ranking + 1] ?? 0) - 1; at >= from; at -= 1) {
      const value = strengths[members[at] ?? 0] ?? 0;
      // log Σ exp of all from here on, rescaled whenever a larger one turns up.
      if (value > most) {
        remaining = remaining * Math.exp(most - value) + 1;
        most = value;
      } else remaining += Math.exp(value - most);
      if (at < last) own += value - most - Math.log(remaining);
    }
    sum += (weights[ranking] ?? 1) * own;
  }
  for (const value of strengths) sum -= (precision * value * value) / 2;
  return sum;
}

/** Moves the strengths and returns the new objective, which is not below `present`. */
function newtonStep(rankings: Rankings, strengths: Float64Array, precision: number, present: number): number {
  const choice = choiceSums(rankings, strengths);
  const gradient = gradientOf(rankings, strengths, choice, precision);
  const direction = solve(
    (vector) => curvatureTimes(rankings, strengths, choice, precision, vector),
    gradient,
  );
  let length = 1;
  for (let halving = 0; halving < 40; halving += 1) {
    const tried = strengths.map((value, item) => value + length * (direction[item] ?? 0));
    centre(tried);
    const value = logPosterior(rankings, tried, precision);
    if (value >= present) {
      strengths.set(tried);
      return value;
    }
    length /= 2;
  }
  return present;
}

/** For every place of every ranking: Σ exp(strength) of the items from there on. */
function choiceSums({ starts, members, choices }: Rankings, strengths: Float64Array): Float64Array {
  const sums = new Float64Array(members.length);
  for (let ranking = 0; ranking < choices.length; ranking += 1) {
    let sum = 0;
    for (let at = (starts[ranking + 1] ?? 0) - 1; at >= (starts[ranking] ?? 0); at -= 1) {
      sum += Math.exp(strengths[members[at] ?? 0] ?? 0);
      sums[at] = sum;
    }
  }
  return sums;
}

function gradientOf(
  { starts, members, choices, weights }: Rankings,
  strengths: Float64Array,
  sums: Float64Array,
  precision: number,
): Float64Array {
  const gradient = strengths.map((value) => -precision * value);
  for (let ranking = 0; ranking < choices.length; ranking += 1) {
    const from = starts[ranking] ?? 0;
    const last = from + (choices[ranking] ?? 0);
    const weight = weights[ranking] ?? 1;
    let expected = 0;
    for (let at = from; at < (starts[ranking + 1] ?? 0); at += 1) {
      const item = members[at] ?? 0;
      if (at < last) expected += 1 / (sums[at] ?? 1);
      const chosen = at < last ? 1 : 0;
      gradient[item] = (gradient[item] ?? 0) + weight * (chosen - Math.exp(strengths[item] ?? 0) * expected);
    }
  }
  return gradient;
}

/** The negative Hessian times a vector: Σ over choices of the covariance of the choice. */
function curvatureTimes(
  { starts, members, choices, weights }: Rankings,
  strengths: Float64Array,
  sums: Float64Array,
  precision: number,
  vector: Float64Array,
): Float64Array {
  const product = vector.map((value) => precision * value);
  const means = new Float64Array(members.length);
  for (let ranking = 0; ranking < choices.length; ranking += 1) {
    const from = starts[ranking] ?? 0;
    const end = starts[ranking + 1] ?? 0;
    const last = from + (choices[ranking] ?? 0);
    const weight = weights[ranking] ?? 1;
    let sum = 0;
    for (let at = end - 1; at >= from; at -= 1) {
      const item = members[at] ?? 0;
      sum += Math.exp(strengths[item] ?? 0) * (vector[item] ?? 0);
      means[at] = sum / (sums[at] ?? 1);
    }
    let shares = 0;
    let meanShares = 0;
    for (let at = from; at < end; at += 1) {
      if (at < last) {
        shares += 1 / (sums[at] ?? 1);
        meanShares += (means[at] ?? 0) / (sums[at] ?? 1);
      }
      const item = members[at] ?? 0;
      const size = Math.exp(strengths[item] ?? 0);
      product[item] = (product[item] ?? 0) + weight * size * ((vector[item] ?? 0) * shares - meanShares);
    }
  }
  return product;
}

/** Conjugate gradients for a positive semidefinite system whose right-hand side lies in its range. */
function solve(times: (vector: Float64Array) => Float64Array, target: Float64Array): Float64Array {
  const solution = new Float64Array(target.length);
  const residual = target.slice();
  let direction = target.slice();
  let size = dot(residual, residual);
  const enough = size * 1e-20;
  for (let round = 0; round < 2 * target.length && size > enough; round += 1) {
    const image = times(direction);
    const bend = dot(direction, image);
    if (bend <= 0) break;
    const step = size / bend;
    for (let at = 0; at < solution.length; at += 1) {
      solution[at] = (solution[at] ?? 0) + step * (direction[at] ?? 0);
      residual[at] = (residual[at] ?? 0) - step * (image[at] ?? 0);
    }
    const next = dot(residual, residual);
    direction = residual.map((value, at) => value + (next / size) * (direction[at] ?? 0));
    size = next;
  }
  return solution;
}

function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at += 1) sum += (one[at] ?? 0) * (other[at] ?? 0);
  return sum;
}

function centre(values: Float64Array): void {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  for (let at = 0; at < values.length; at += 1) values[at] = (values[at] ?? 0) - mean;
}
