import { logGamma } from '../distributions/index.ts';
import { digamma } from './digamma.ts';
import type { Data, State } from './mace-expectation.ts';

/** Beta(½, ½) on competence and a symmetric Dirichlet(10) on strategies, as Hovy et al. have them. */
const COMPETENCE_PRIOR = 0.5;
const STRATEGY_PRIOR = 10;

export function maximiseVariational(state: State, { coders, labels, given }: Data): void {
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

export function maximiseWith(smoothing: number, { coders, labels, given }: Data): (state: State) => void {
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
export function divergence({ coders, labels, given }: Data): (state: State) => number {
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

export function smoothingPrior(smoothing: number, labels: number): (state: State) => number {
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
