import type { Candidates } from './mpa-candidates.ts';
import { type BetaPrior, FLAT } from './mpa-prior.ts';

/** A rate of every coder and class, as Beta posteriors under one prior a class. */
export interface Rate {
  /** Beta parameters, coders × classes: of the rate and of its complement. */
  readonly rate: Float64Array;
  readonly rest: Float64Array;
  readonly priors: BetaPrior[];
}

/** What the inference moves: which candidates are accepted, and the Beta posteriors of all rates. */
export interface State {
  readonly accepted: Float64Array;
  readonly prevalenceRate: Float64Array;
  readonly prevalenceRest: Float64Array;
  readonly sensitivity: Rate;
  readonly specificity: Rate;
}

export function startingState({ classes, labelOf, asked }: Candidates): State {
  const size = asked.length;
  const rate = (): Rate => ({
    rate: new Float64Array(size).fill(1.1),
    rest: new Float64Array(size).fill(1),
    priors: classes.map(() => FLAT),
  });
  return {
    accepted: new Float64Array(labelOf.length),
    prevalenceRate: new Float64Array(classes.length).fill(1),
    prevalenceRest: new Float64Array(classes.length).fill(1),
    sensitivity: rate(),
    specificity: rate(),
  };
}
