import { bestLabels, type LabelAggregation, named } from './aggregation.ts';
import { type Answers, goldLabels } from './answers.ts';
import { Ascent, type Fitting, type IterationOptions, requireIterations, runFit } from './control.ts';
import { conditionalStep } from './glad-ecm.ts';
import { expectation, maximisation } from './glad-em.ts';
import { ABILITY, LOG_EASE, logPrior } from './glad-prior.ts';
import type { VoteOptions } from './majority-vote.ts';

export interface GladOptions extends IterationOptions, VoteOptions {
  /**
   * em (default): as published, with conjugate gradients in the M-step, and ended as crowd-kit ends it. ecm: conditional
   * maximisation until the log posterior is at its top; more probable parameters, other figures than other programs'.
   */
  readonly algorithm?: 'em' | 'ecm';
}

export interface GladAggregation extends LabelAggregation {
  readonly algorithm: 'em' | 'ecm';
  /** Coder → ability α; negative where he is wrong more often than right. */
  readonly abilities: Float64Array;
  /** Unit → log β, the logarithm of the inverse of its difficulty. */
  readonly logEase: Float64Array;
}

/**
 * GLAD (Whitehill, Ruvolo, Wu, Bergsma & Movellan 2009): a coder of ability α is right about a unit of ease β with
 * probability σ(αβ), and otherwise takes any of the other labels alike; all labels are equally likely beforehand; α
 * and log β have normal priors of mean and variance 1. `objective` is the log of the posterior, constants left out; it
 * never falls. Reliability is σ(αβ) at the mean log β.
 *
 * `em` takes at most 25 rounds of conjugate gradients an M-step, to a gradient of 0.01, and ends where the expected log
 * of the complete data, a cell of answer × label, grows by less than the tolerance: 100 iterations and 1e-6 by default
 * (crowd-kit: 1e-5). That quantity may fall while the posterior still rises, so this rule can end early (after two
 * iterations on Dawid and Skene's data of 1979); `converged` says whether the log posterior had come to rest, to 1e-5 of
 * its size. The posteriors are those that the last M-step started from. Units in another order change them by less than
 * 0.005, through rounding. `ecm` stops where the objective grows by less than the tolerance's share of its size: 200
 * iterations and 1e-8 by default.
 */
export function glad(answers: Answers, options: GladOptions = {}): GladAggregation {
  return runFit(fitGlad(answers, options), options);
}

interface Parameters {
  readonly abilities: Float64Array;
  readonly logEase: Float64Array;
  readonly posteriors: Float64Array;
}

interface Climb {
  readonly likelihood: number;
  readonly objective: readonly number[];
  readonly converged: boolean;
}

export function* fitGlad(answers: Answers, options: GladOptions): Fitting<GladAggregation> {
  const { algorithm = 'em' } = options;
  const labels = answers.labels.length;
  const parameters: Parameters = {
    abilities: new Float64Array(answers.coders.length).fill(ABILITY),
    logEase: new Float64Array(answers.units.length).fill(LOG_EASE),
    posteriors: new Float64Array(answers.units.length * labels),
  };
  const gold = goldLabels(answers, options.gold);
  const climb = algorithm === 'em' ? climbByEm : climbByEcm;
  const { likelihood, objective, converged } = yield* climb(answers, gold, parameters, options);
  const { abilities, logEase, posteriors } = parameters;
  const meanEase = Math.exp(logEase.reduce((sum, value) => sum + value, 0) / logEase.length);
  return {
    model: 'glad',
    ...named(answers),
    algorithm,
    posteriors,
    best: bestLabels(posteriors, labels),
    reliability: abilities.map((ability) => 1 / (1 + Math.exp(-ability * meanEase))),
    reliabilityIs: 'probability of giving the true label of a unit of mean ease',
    logLikelihood: { value: likelihood, reason: null },
    objective,
    iterations: objective.length,
    converged,
    seed: null,
    abilities,
    logEase,
  };
}

/** What counts as at rest where another quantity than the objective ends the iterations. */
const AT_REST = 1e-5;

function* climbByEm(
  answers: Answers,
  gold: Int32Array | null,
  { abilities, logEase, posteriors }: Parameters,
  { iterations = 100, tolerance = 1e-6 }: GladOptions,
): Generator<number, Climb, undefined> {
  requireIterations(iterations);
  const cells = answers.coderOf.length * answers.labels.length;
  const objective: number[] = [];
  let likelihood = 0;
  let last = -Infinity;
  let ended = false;
  while (objective.length < iterations && !ended) {
    const prior = logPrior(abilities, ABILITY) + logPrior(logEase, LOG_EASE);
    likelihood = expectation(answers, gold, abilities, logEase, posteriors);
    objective.push(likelihood + prior);
    const complete = maximisation(answers, abilities, logEase, posteriors) / cells;
    ended = tolerance >= 0 && complete - last < tolerance;
    last = complete;
    yield objective.length / iterations;
  }
  const [before = -Infinity, reached = -Infinity] = objective.slice(-2);
  return { likelihood, objective, converged: reached - before <= AT_REST * Math.abs(reached) };
}

function* climbByEcm(
  answers: Answers,
  gold: Int32Array | null,
  { abilities, logEase, posteriors }: Parameters,
  { iterations = 200, tolerance = 1e-8 }: GladOptions,
): Generator<number, Climb, undefined> {
  requireIterations(iterations);
  const ascent = new Ascent(tolerance);
  let likelihood = 0;
  let resting = false;
  while (ascent.history.length < iterations && !resting) {
    const prior = logPrior(abilities, ABILITY) + logPrior(logEase, LOG_EASE);
    likelihood = conditionalStep(answers, gold, abilities, logEase, posteriors);
    resting = ascent.record(likelihood + prior);
    yield ascent.history.length / iterations;
  }
  return { likelihood, objective: ascent.history, converged: ascent.converged };
}
