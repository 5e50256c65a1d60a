import { logGamma } from '../distributions/index.ts';
import { namedGenerator } from '../random.ts';
import { bestLabels, type LabelAggregation, named } from './aggregation.ts';
import { type Answers, goldLabels } from './answers.ts';
import { Ascent, type Fitting, type IterationOptions, requireIterations, runFit } from './control.ts';
import { digamma } from './digamma.ts';
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

/** Beta(½, ½) on competence and a symmetric Dirichlet(10) on strategies, as Hovy et al. have them. */
const COMPETENCE_PRIOR = 0.5;
const STRATEGY_PRIOR = 10;

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

/** Answers as places in coder × label tables, and how many fall on each. */
interface Data {
  readonly labels: number;
  readonly coders: number;
  /** Answer → coder × labels + label. */
  readonly placeOf: Int32Array;
  readonly given: Float64Array;
}

function prepare(answers: Answers): Data {
  const labels = answers.labels.length;
  const placeOf = answers.coderOf.map((coder, at) => coder * labels + (answers.labelOf[at] ?? 0));
  const given = new Float64Array(answers.coders.length * labels);
  for (const place of placeOf) given[place] = (given[place] ?? 0) + 1;
  return { labels, coders: answers.coders.length, placeOf, given };
}

/** Everything that a restart holds. Weights are what the E-step multiplies: probabilities, or exp E log of them. */
interface State {
  /** Coder → weight of knowing, weight of not looking. */
  readonly knowing: Float64Array;
  readonly guessing: Float64Array;
  /** coder × label → weight of the label in the strategy. */
  readonly strategy: Float64Array;
  /** coder × label → expected answers that came from knowing. */
  readonly known: Float64Array;
  /** Means, for the result. */
  readonly competence: Float64Array;
  readonly strategies: Float64Array;
}

function startingState({ coders, labels }: Data, draw: () => number): State {
  const state: State = {
    knowing: new Float64Array(coders),
    guessing: new Float64Array(coders),
    strategy: new Float64Array(coders * labels),
    known: new Float64Array(coders * labels),
    competence: new Float64Array(coders),
    strategies: new Float64Array(coders * labels),
  };
  for (let coder = 0; coder < coders; coder += 1) {
    const [guessing, knowing] = [draw(), draw()];
    state.guessing[coder] = guessing / (guessing + knowing);
    state.knowing[coder] = knowing / (guessing + knowing);
    const row = coder * labels;
    let total = 0;
    for (let label = 0; label < labels; label += 1) total += state.strategy[row + label] = draw();
    for (let label = 0; label < labels; label += 1) {
      state.strategy[row + label] = (state.strategy[row + label] ?? 0) / total;
    }
  }
  return state;
}

/** Beyond these a product of ratios is rescaled before it leaves the range of a double. */
const LARGE = 1e200;

/**
 * E-step. An answer l multiplies the score of label l by (guess + know) / guess and every label by guess, so only one
 * score changes; the common factors come to a sum over the coder × label table. Returns the log of the normaliser.
 */
function expect(
  answers: Answers,
  data: Data,
  gold: Int32Array | null,
  state: State,
  posteriors: Float64Array | null,
): number {
  const { starts, labelOf } = answers;
  const { labels, placeOf, given } = data;
  const ratio = new Float64Array(given.length);
  const share = new Float64Array(given.length);
  let normaliser = -answers.units.length * Math.log(labels);
  for (let place = 0, coder = 0; coder < data.coders; coder += 1) {
    const knowing = state.knowing[coder] ?? 0;
    for (let label = 0; label < labels; label += 1, place += 1) {
      const guess = (state.guessing[coder] ?? 0) * (state.strategy[place] ?? 0);
      if (given[place] === 0) continue;
      ratio[place] = (guess + knowing) / guess;
      share[place] = knowing / (guess + knowing);
      normaliser += (given[place] ?? 0) * Math.log(guess);
    }
  }
  const { known } = state;
  known.fill(0);
  const score = new Float64Array(labels);
  for (let unit = 0; unit < answers.units.length; unit += 1) {
    const from = starts[unit] ?? 0;
    const to = starts[unit + 1] ?? 0;
    for (let label = 0; label < labels; label += 1) score[label] = 1;
    let scale = 0;
    for (let at = from; at < to; at += 1) {
      const label = labelOf[at] ?? 0;
      const value = (score[label] ?? 0) * (ratio[placeOf[at] ?? 0] ?? 0);
      score[label] = value;
      if (value > LARGE) {
        for (let other = 0; other < labels; other += 1) score[other] = (score[other] ?? 0) / LARGE;
        scale += Math.log(LARGE);
      }
    }
    let sum = 0;
    const fixed = gold?.[unit] ?? -1;
    if (fixed >= 0) {
      sum = score[fixed] ?? 0;
      for (let label = 0; label < labels; label += 1) if (label !== fixed) score[label] = 0;
    } else for (let label = 0; label < labels; label += 1) sum += score[label] ?? 0;
    normaliser += Math.log(sum) + scale;
    const inverse = 1 / sum;
    for (let label = 0; label < labels; label += 1) score[label] = (score[label] ?? 0) * inverse;
    for (let at = from; at < to; at += 1) {
      const place = placeOf[at] ?? 0;
      known[place] = (known[place] ?? 0) + (score[labelOf[at] ?? 0] ?? 0);
    }
    if (posteriors !== null) posteriors.set(score, unit * labels);
  }
  for (let place = 0; place < known.length; place += 1)
    known[place] = (known[place] ?? 0) * (share[place] ?? 0);
  return normaliser;
}

function maximiseVariational(state: State, { coders, labels, given }: Data): void {
  for (let coder = 0; coder < coders; coder += 1) {
    const row = coder * labels;
    let knowing = COMPETENCE_PRIOR;
    let guessing = COMPETENCE_PRIOR;
    let strategy = 0;
    for (let place = row; place < row + labels; place += 1) {
      const known = state.known[place] ?? 0;
      const guessed = Math.max(0, (given[place] ?? 0) - known);
      knowing += known;
      guessing += guessed;
      strategy += guessed + STRATEGY_PRIOR;
    }
    const total = digamma(knowing + guessing);
    state.knowing[coder] = Math.exp(digamma(knowing) - total);
    state.guessing[coder] = Math.exp(digamma(guessing) - total);
    state.competence[coder] = knowing / (knowing + guessing);
    const strategyTotal = digamma(strategy);
    for (let place = row; place < row + labels; place += 1) {
      const own = Math.max(0, (given[place] ?? 0) - (state.known[place] ?? 0)) + STRATEGY_PRIOR;
      state.strategies[place] = own / strategy;
      state.strategy[place] = Math.exp(digamma(own) - strategyTotal);
    }
  }
}

function maximiseWith(smoothing: number, { coders, labels, given }: Data): (state: State) => void {
  return (state) => {
    for (let coder = 0; coder < coders; coder += 1) {
      const row = coder * labels;
      let knowing = smoothing;
      let guessing = smoothing;
      let strategy = 0;
      for (let place = row; place < row + labels; place += 1) {
        const guessed = Math.max(0, (given[place] ?? 0) - (state.known[place] ?? 0));
        knowing += state.known[place] ?? 0;
        guessing += guessed;
        strategy += guessed + smoothing;
      }
      state.competence[coder] = state.knowing[coder] = knowing / (knowing + guessing);
      state.guessing[coder] = guessing / (knowing + guessing);
      for (let place = row; place < row + labels; place += 1) {
        const guessed = Math.max(0, (given[place] ?? 0) - (state.known[place] ?? 0));
        state.strategies[place] = state.strategy[place] = (guessed + smoothing) / strategy;
      }
    }
  };
}

/** −KL of the variational posteriors from their priors, which the E-step's normaliser lacks to be the ELBO. */
function divergence({ coders, labels, given }: Data): (state: State) => number {
  // The posterior's parameters are recovered from the means: their sums are the counts plus the priors.
  const answersOf = new Float64Array(coders);
  for (let place = 0; place < given.length; place += 1) {
    const coder = Math.floor(place / labels);
    answersOf[coder] = (answersOf[coder] ?? 0) + (given[place] ?? 0);
  }
  const logBetaPrior = 2 * logGamma(COMPETENCE_PRIOR) - logGamma(2 * COMPETENCE_PRIOR);
  const logDirichletPrior = labels * logGamma(STRATEGY_PRIOR) - logGamma(labels * STRATEGY_PRIOR);
  return (state) => {
    let sum = 0;
    for (let coder = 0; coder < coders; coder += 1) {
      const total = (answersOf[coder] ?? 0) + 2 * COMPETENCE_PRIOR;
      const knowing = (state.competence[coder] ?? 0) * total;
      const guessing = total - knowing;
      sum += logGamma(knowing) + logGamma(guessing) - logGamma(total) - logBetaPrior;
      sum -= (knowing - COMPETENCE_PRIOR) * Math.log(state.knowing[coder] ?? 0);
      sum -= (guessing - COMPETENCE_PRIOR) * Math.log(state.guessing[coder] ?? 0);
      const guesses = guessing - COMPETENCE_PRIOR + labels * STRATEGY_PRIOR;
      sum -= logGamma(guesses) + logDirichletPrior;
      for (let place = coder * labels; place < (coder + 1) * labels; place += 1) {
        const own = (state.strategies[place] ?? 0) * guesses;
        sum += logGamma(own) - (own - STRATEGY_PRIOR) * Math.log(state.strategy[place] ?? 0);
      }
    }
    return sum;
  };
}

function smoothingPrior(smoothing: number, labels: number): (state: State) => number {
  return ({ knowing, guessing, strategy }) => {
    let sum = 0;
    for (let coder = 0; coder < knowing.length; coder += 1) {
      sum += Math.log(knowing[coder] ?? 0) + Math.log(guessing[coder] ?? 0);
      for (let place = coder * labels; place < (coder + 1) * labels; place += 1)
        sum += Math.log(strategy[place] ?? 0);
    }
    return smoothing * sum;
  };
}
