import { namedGenerator } from '../random.ts';
import { bestLabels, type LabelAggregation, named } from './aggregation.ts';
import { type Answers, goldLabels } from './answers.ts';
import { Ascent, type Fitting, type IterationOptions, requireIterations, runFit } from './control.ts';
import { expect, prepare, startingState, type State } from './mace-expectation.ts';
import { divergence, maximiseVariational, maximiseWith, smoothingPrior } from './mace-maximisation.ts';
import type { VoteOptions } from './majority-vote.ts';

export interface MaceOptions extends IterationOptions, VoteOptions {
  /** vb (default): variational Bayes with the priors below. em: smoothed maximum likelihood. */
  readonly variant?: 'vb' | 'em';
  /** Random starts, of which the one with the largest objective is kept; 10 by default. */
  readonly restarts?: number;
  readonly seed?: number;
  /** em: what is added to each expected count; 0.01 / labels by default. */
  readonly smoothing?: number;
}

export interface MaceAggregation extends LabelAggregation {
  readonly variant: 'vb' | 'em';
  readonly restarts: number;
  /** coders × labels: what the coder answers when he does not look. */
  readonly strategies: Float64Array;
}

/**
 * MACE (Hovy, Berg-Kirkpatrick, Vaswani & Hovy 2013): a coder either knows the label of a unit or, when he does not
 * look, answers by a strategy of his own. All labels are equally likely beforehand. Reliability is the probability
 * that the coder knows (posterior mean under vb).
 *
 * Defaults: 10 restarts of at most 50 iterations, stopping where the objective grows by less than 1e-7 of its size.
 * The objective is the ELBO (vb) or the log-likelihood plus the log of the smoothing's prior (em); neither falls.
 * Time is linear in the answers, whatever the number of labels.
 */
export function mace(answers: Answers, options: MaceOptions = {}): MaceAggregation {
  return runFit(fitMace(answers, options), options);
}

interface Run {
  readonly ascent: Ascent;
  readonly state: State;
}

export function* fitMace(answers: Answers, options: MaceOptions): Fitting<MaceAggregation> {
  const { iterations = 50, tolerance = 1e-7, variant = 'vb', restarts = 10, seed = 1 } = options;
  requireIterations(iterations);
  requireIterations(restarts);
  const labels = answers.labels.length;
  const { smoothing = 0.01 / labels } = options;
  const gold = goldLabels(answers, options.gold);
  const data = prepare(answers);
  const generator = namedGenerator('mace', seed);
  const raise =
    variant === 'vb'
      ? (state: State) => {
          maximiseVariational(state, data);
        }
      : maximiseWith(smoothing, data);
  const penalty = variant === 'vb' ? divergence(data) : smoothingPrior(smoothing, labels);

  let best: Run | null = null;
  for (let restart = 0; restart < restarts; restart += 1) {
    const state = startingState(data, () => 1 + 1.5 * generator.next());
    const ascent = new Ascent(tolerance);
    expect(answers, data, gold, state, null);
    raise(state);
    let resting = false;
    while (ascent.history.length < iterations && !resting) {
      resting = ascent.record(expect(answers, data, gold, state, null) + penalty(state));
      if (!resting) raise(state);
      yield (restart + ascent.history.length / iterations) / restarts;
    }
    if (best === null || ascent.value > best.ascent.value) best = { ascent, state };
  }
  if (best === null) throw new RangeError('no restart was made');
  const { state, ascent } = best;
  const posteriors = new Float64Array(answers.units.length * labels);
  const likelihood = expect(answers, data, gold, state, posteriors);
  return {
    model: 'mace',
    ...named(answers),
    variant,
    restarts,
    posteriors,
    best: bestLabels(posteriors, labels),
    reliability: state.competence,
    reliabilityIs: 'probability of knowing the label',
    logLikelihood:
      variant === 'em'
        ? { value: likelihood, reason: null }
        : { value: null, reason: 'variational inference gives a lower bound, the objective, in its place' },
    objective: ascent.history,
    iterations: ascent.history.length,
    converged: ascent.converged,
    seed,
    strategies: state.strategies,
  };
}
