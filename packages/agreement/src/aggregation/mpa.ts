import type { Answers } from './answers.ts';
import { Ascent, type Fitting, type IterationOptions, requireIterations, runFit } from './control.ts';
import { type Candidates, candidatesOf, classBeforeAntecedent } from './mpa-candidates.ts';
import { pool } from './mpa-pooling.ts';
import { type BetaPrior, FLAT } from './mpa-prior.ts';
import { type Rate, startingState, type State } from './mpa-state.ts';
import { expect, maximise, nothingExpected } from './mpa-steps.ts';

export interface MpaOptions extends IterationOptions {
  /** The class of a label; by default what stands before its first parenthesis. */
  readonly classOf?: (label: string) => string;
  /**
   * none (default): Beta(1, 1) on every sensitivity and specificity, as published. partial: Beta priors centred on the
   * pooled rate of the class, their strength by empirical Bayes; for few coders, or few answers a coder.
   */
  readonly pooling?: 'none' | 'partial';
  /** Mentions whose label is known; it is accepted, every other candidate is not. */
  readonly gold?: ReadonlyMap<string, string>;
}

/** Growth of the bound that never counts: the authors' own limit. */
const SMALLEST_GROWTH = 1e-6;

/** From so many answers on, an iteration looks at those mentions only that are likely to move. */
const LARGE = 50_000;

/** What a coder is worth about a class: posterior means. */
export interface MpaProfile {
  /** Probability of giving a label of the class that is right. */
  readonly sensitivity: number;
  /** Probability of not giving a label of the class that is wrong. */
  readonly specificity: number;
}

export interface MpaAggregation {
  readonly model: 'mpa';
  readonly units: readonly string[];
  readonly coders: readonly string[];
  readonly labels: readonly string[];
  readonly classes: readonly string[];
  /** Mention → first of its candidates in `candidateLabel` and `accepted`. */
  readonly candidateStarts: Int32Array;
  readonly candidateLabel: Int32Array;
  /** Candidate → probability that it is right. Candidates are events of their own and need not sum to 1. */
  readonly accepted: Float64Array;
  /** Mention → its most probable label; of equals the one with the more answers, then the first. */
  readonly best: Int32Array;
  /** Class → Beta posterior of its prevalence among candidates. */
  readonly prevalence: readonly { readonly name: string; readonly alpha: number; readonly beta: number }[];
  /** coders × classes. */
  readonly profiles: readonly (readonly MpaProfile[])[];
  /** Class → the priors in force at the end. */
  readonly priors: readonly { readonly sensitivity: BetaPrior; readonly specificity: BetaPrior }[];
  readonly pooling: 'none' | 'partial';
  /** The evidence lower bound, one value an iteration; never falls. */
  readonly objective: readonly number[];
  readonly iterations: number;
  readonly converged: boolean;
  readonly seed: null;
}

/**
 * MPA, the mention-pair model of annotation (Paun, Chamberlain, Kruschwitz, Yu & Poesio 2018), by mean-field
 * variational inference. Each label that a mention was given (class and antecedent) is accepted or not on its own, so
 * that none or several may be: that is how ambiguity shows. Stops at 500 iterations, or where the bound grows by less
 * than 1e-6, as the authors' program does, or by less than 1e-12 of its size, which is rounding.
 *
 * Time and memory are linear in the answers. On large, noisy data it beats the majority by far; on small and clean
 * data it can lose to it (.933 to .950 on simulated answers of good coders).
 */
export function mpa(answers: Answers, options: MpaOptions = {}): MpaAggregation {
  return runFit(fitMpa(answers, options), options);
}

export function* fitMpa(answers: Answers, options: MpaOptions): Fitting<MpaAggregation> {
  const { iterations = 500, tolerance = 1e-12, pooling = 'none', classOf = classBeforeAntecedent } = options;
  requireIterations(iterations);
  const candidates = candidatesOf(answers, classOf);
  const gold = options.gold === undefined ? null : goldCandidates(answers, candidates, options.gold);
  const state = startingState(candidates);
  const expected = nothingExpected(candidates);
  const ascent = new Ascent(tolerance, SMALLEST_GROWTH);
  let resting = false;
  let which: 'all' | 'moving' = 'all';
  while (ascent.history.length < iterations && !resting) {
    const atRest = ascent.record(expect(answers, candidates, gold, state, expected, which));
    maximise(candidates, expected, state);
    if (pooling === 'partial') pool(candidates, state);
    // Rest counts only where every mention was looked at.
    resting = atRest && which === 'all';
    which = atRest || answers.coderOf.length < LARGE ? 'all' : 'moving';
    yield ascent.history.length / iterations;
  }
  return result(answers, candidates, state, pooling, ascent);
}

function goldCandidates(
  answers: Answers,
  candidates: Candidates,
  gold: ReadonlyMap<string, string>,
): Int32Array {
  return Int32Array.from(answers.units, (unit, place) => {
    const wanted = gold.get(unit);
    if (wanted === undefined) return -1;
    for (let at = candidates.starts[place] ?? 0; at < (candidates.starts[place + 1] ?? 0); at += 1) {
      if (answers.labels[candidates.labelOf[at] ?? 0] === wanted) return at;
    }
    throw new RangeError(`gold calls '${unit}' '${wanted}', which nobody answered there`);
  });
}

function result(
  answers: Answers,
  candidates: Candidates,
  state: State,
  pooling: 'none' | 'partial',
  ascent: Ascent,
): MpaAggregation {
  const { classes, stride, starts, labelOf } = candidates;
  const { accepted, sensitivity, specificity } = state;
  const support = new Int32Array(accepted.length);
  for (const candidate of candidates.chosen) support[candidate] = (support[candidate] ?? 0) + 1;
  const best = Int32Array.from(answers.units, (_, unit) => {
    let chosen = starts[unit] ?? 0;
    for (let at = chosen + 1; at < (starts[unit + 1] ?? 0); at += 1) {
      const ahead = (accepted[at] ?? 0) - (accepted[chosen] ?? 0);
      const moreAnswers = (support[at] ?? 0) - (support[chosen] ?? 0);
      const earlier = (labelOf[chosen] ?? 0) - (labelOf[at] ?? 0);
      if (ahead > 0 || (ahead === 0 && (moreAnswers > 0 || (moreAnswers === 0 && earlier > 0)))) chosen = at;
    }
    return labelOf[chosen] ?? 0;
  });
  const mean = (own: Rate, place: number): number => {
    const [rate, rest] = [own.rate[place] ?? 1, own.rest[place] ?? 1];
    return rate / (rate + rest);
  };
  return {
    model: 'mpa',
    units: answers.units,
    coders: answers.coders,
    labels: answers.labels,
    classes,
    candidateStarts: starts,
    candidateLabel: labelOf,
    accepted,
    best,
    prevalence: classes.map((name, kind) => ({
      name,
      alpha: state.prevalenceRate[kind] ?? 1,
      beta: state.prevalenceRest[kind] ?? 1,
    })),
    profiles: answers.coders.map((_, coder) =>
      classes.map((__, kind) => ({
        sensitivity: mean(sensitivity, coder * stride + kind),
        specificity: mean(specificity, coder * stride + kind),
      })),
    ),
    priors: classes.map((_, kind) => ({
      sensitivity: sensitivity.priors[kind] ?? FLAT,
      specificity: specificity.priors[kind] ?? FLAT,
    })),
    pooling,
    objective: ascent.history,
    iterations: ascent.history.length,
    converged: ascent.converged,
    seed: null,
  };
}
