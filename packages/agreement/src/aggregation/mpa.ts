import { logBeta } from '../distributions/index.ts';
import type { Answers } from './answers.ts';
import { Ascent, type Fitting, type IterationOptions, requireIterations, runFit } from './control.ts';
import { digamma } from './digamma.ts';
import { type Candidates, candidatesOf, classBeforeAntecedent } from './mpa-candidates.ts';
import { type BetaPrior, FLAT, pooledPrior } from './mpa-prior.ts';

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

/** Log odds beyond which the arithmetic can't tell a probability from 0 or 1. */
const CERTAIN = 50;

/** Growth of the bound that never counts: below it is the arithmetic's noise, and the authors' own limit. */
const SMALLEST_GROWTH = 1e-6;

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
 * than 5e-10 of its size (relatively, so that the size of the data does not matter) or less than 1e-6.
 *
 * Time and memory are linear in the answers. On large, noisy data it beats the majority by far; on small and clean
 * data it can lose to it (.933 to .950 on simulated answers of good coders).
 */
export function mpa(answers: Answers, options: MpaOptions = {}): MpaAggregation {
  return runFit(fitMpa(answers, options), options);
}

export function* fitMpa(answers: Answers, options: MpaOptions): Fitting<MpaAggregation> {
  const { iterations = 500, tolerance = 5e-10, pooling = 'none', classOf = classBeforeAntecedent } = options;
  requireIterations(iterations);
  const candidates = candidatesOf(answers, classOf);
  const gold = options.gold === undefined ? null : goldCandidates(answers, candidates, options.gold);
  const state = startingState(candidates);
  const expected: Expected = {
    hits: new Float64Array(candidates.asked.length),
    right: new Float64Array(candidates.asked.length),
    total: new Float64Array(candidates.stride),
  };
  const ascent = new Ascent(tolerance, SMALLEST_GROWTH);
  let resting = false;
  while (ascent.history.length < iterations && !resting) {
    resting = ascent.record(expect(answers, candidates, gold, state, expected));
    maximise(candidates, expected, state);
    if (pooling === 'partial') pool(candidates, state);
    yield ascent.history.length / iterations;
  }
  return result(answers, candidates, state, pooling, ascent);
}

interface Rate {
  /** Beta parameters, coders × classes: of the rate and of its complement. */
  readonly rate: Float64Array;
  readonly rest: Float64Array;
  readonly priors: BetaPrior[];
}

interface State {
  readonly accepted: Float64Array;
  readonly prevalenceRate: Float64Array;
  readonly prevalenceRest: Float64Array;
  readonly sensitivity: Rate;
  readonly specificity: Rate;
}

function startingState({ classes, labelOf, asked }: Candidates): State {
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

/** Expected counts that an E-step gathers: tables of hits and of right candidates asked about; right ones by class. */
interface Expected {
  readonly hits: Float64Array;
  readonly right: Float64Array;
  readonly total: Float64Array;
}

/**
 * E-step: the log odds of a candidate are those of its class, plus for every answer to the mention what a no of that
 * coder says, plus for every yes what it says beyond a no. Gathers the expected counts on the way, and returns the
 * evidence lower bound.
 */
function expect(
  answers: Answers,
  candidates: Candidates,
  gold: Int32Array | null,
  state: State,
  { hits, right, total }: Expected,
): number {
  const { starts, classOf, chosen, rowOf, cellOf, stride } = candidates;
  const { odds, no, yesBeyondNo, constant } = weightsOf(candidates, state);
  let bound = constant;
  hits.fill(0);
  right.fill(0);
  total.fill(0);
  const { accepted } = state;
  const ofNo = new Float64Array(stride);
  const here = new Float64Array(stride);
  for (let unit = 0; unit < answers.units.length; unit += 1) {
    const from = answers.starts[unit] ?? 0;
    const to = answers.starts[unit + 1] ?? 0;
    const first = starts[unit] ?? 0;
    const last = starts[unit + 1] ?? 0;
    for (let kind = 0; kind < stride; kind += 4) {
      let one = odds[kind] ?? 0;
      let two = odds[kind + 1] ?? 0;
      let three = odds[kind + 2] ?? 0;
      let four = odds[kind + 3] ?? 0;
      for (let at = from; at < to; at += 1) {
        const cell = (rowOf[at] ?? 0) + kind;
        one += no[cell] ?? 0;
        two += no[cell + 1] ?? 0;
        three += no[cell + 2] ?? 0;
        four += no[cell + 3] ?? 0;
      }
      ofNo[kind] = one;
      ofNo[kind + 1] = two;
      ofNo[kind + 2] = three;
      ofNo[kind + 3] = four;
    }
    for (let candidate = first; candidate < last; candidate += 1) accepted[candidate] = 0;
    for (let at = from; at < to; at += 1) {
      const candidate = chosen[at] ?? 0;
      accepted[candidate] = (accepted[candidate] ?? 0) + (yesBeyondNo[cellOf[at] ?? 0] ?? 0);
    }
    here.fill(0);
    const known = gold?.[unit] ?? -1;
    // Σ log(1 + e^−|logit|) as the logarithm of one product, which stays below 2 to the number of candidates.
    let product = 1;
    for (let candidate = first; candidate < last; candidate += 1) {
      const kind = classOf[candidate] ?? 0;
      const logit = (accepted[candidate] ?? 0) + (ofNo[kind] ?? 0);
      let probability: number;
      if (known >= 0) {
        probability = candidate === known ? 1 : 0;
        bound += probability * logit;
      } else {
        const distance = Math.abs(logit);
        const small = distance > CERTAIN ? 0 : Math.exp(-distance);
        const whole = 1 + small;
        probability = (logit >= 0 ? 1 : small) / whole;
        if (logit > 0) bound += logit;
        product *= whole;
        if (product > 1e300) {
          bound += Math.log(product);
          product = 1;
        }
      }
      accepted[candidate] = probability;
      here[kind] = (here[kind] ?? 0) + probability;
    }
    bound += Math.log(product);
    for (let kind = 0; kind < stride; kind += 4) {
      const one = here[kind] ?? 0;
      const two = here[kind + 1] ?? 0;
      const three = here[kind + 2] ?? 0;
      const four = here[kind + 3] ?? 0;
      for (let at = from; at < to; at += 1) {
        const cell = (rowOf[at] ?? 0) + kind;
        right[cell] = (right[cell] ?? 0) + one;
        right[cell + 1] = (right[cell + 1] ?? 0) + two;
        right[cell + 2] = (right[cell + 2] ?? 0) + three;
        right[cell + 3] = (right[cell + 3] ?? 0) + four;
      }
      total[kind] = (total[kind] ?? 0) + one;
      total[kind + 1] = (total[kind + 1] ?? 0) + two;
      total[kind + 2] = (total[kind + 2] ?? 0) + three;
      total[kind + 3] = (total[kind + 3] ?? 0) + four;
    }
    for (let at = from; at < to; at += 1) {
      const cell = cellOf[at] ?? 0;
      hits[cell] = (hits[cell] ?? 0) + (accepted[chosen[at] ?? 0] ?? 0);
    }
  }
  return bound;
}

/**
 * What an answer of every coder weighs in log odds, and the part of the bound that no candidate changes: what answers
 * weigh where all candidates are wrong, less the divergences of the Beta posteriors from their priors.
 */
function weightsOf(
  { classes, stride, asked, yes, ofClass }: Candidates,
  { sensitivity, specificity, prevalenceRate, prevalenceRest }: State,
): { odds: Float64Array; no: Float64Array; yesBeyondNo: Float64Array; constant: number } {
  const no = new Float64Array(asked.length);
  const yesBeyondNo = new Float64Array(asked.length);
  const odds = new Float64Array(stride);
  let constant = 0;
  for (let kind = 0; kind < classes.length; kind += 1) {
    const rate = prevalenceRate[kind] ?? 0;
    const rest = prevalenceRest[kind] ?? 0;
    const whole = digamma(rate + rest);
    const logRate = digamma(rate) - whole;
    const logRest = digamma(rest) - whole;
    odds[kind] = logRate - logRest;
    constant += (ofClass[kind] ?? 0) * logRest - betaDivergence(rate, rest, logRate, logRest, betaOf(FLAT));

    const sensitive = betaOf(sensitivity.priors[kind] ?? FLAT);
    const specific = betaOf(specificity.priors[kind] ?? FLAT);
    for (let cell = kind; cell < asked.length; cell += stride) {
      // Where nothing was asked the posterior is the prior.
      if (asked[cell] === 0) continue;
      const hit = sensitivity.rate[cell] ?? 0;
      const miss = sensitivity.rest[cell] ?? 0;
      const reject = specificity.rate[cell] ?? 0;
      const alarm = specificity.rest[cell] ?? 0;
      const ofRight = digamma(hit + miss);
      const ofWrong = digamma(reject + alarm);
      const yesIfRight = digamma(hit) - ofRight;
      const noIfRight = digamma(miss) - ofRight;
      const yesIfWrong = digamma(alarm) - ofWrong;
      const noIfWrong = digamma(reject) - ofWrong;
      no[cell] = noIfRight - noIfWrong;
      yesBeyondNo[cell] = yesIfRight - yesIfWrong - noIfRight + noIfWrong;
      const said = yes[cell] ?? 0;
      constant += said * yesIfWrong + ((asked[cell] ?? 0) - said) * noIfWrong;
      constant -= betaDivergence(hit, miss, yesIfRight, noIfRight, sensitive);
      constant -= betaDivergence(reject, alarm, noIfWrong, yesIfWrong, specific);
    }
  }
  return { odds, no, yesBeyondNo, constant };
}

interface Beta {
  readonly rate: number;
  readonly rest: number;
  readonly logNormaliser: number;
}

function betaOf({ mean, strength }: BetaPrior): Beta {
  const rate = mean * strength;
  const rest = (1 - mean) * strength;
  return { rate, rest, logNormaliser: logBeta(rate, rest) };
}

/** Divergence of a Beta posterior, with its expected logarithms, from its prior. */
function betaDivergence(rate: number, rest: number, logRate: number, logRest: number, prior: Beta): number {
  return (
    prior.logNormaliser - logBeta(rate, rest) + (rate - prior.rate) * logRate + (rest - prior.rest) * logRest
  );
}

/** M-step: the Beta posteriors from the expected counts. */
function maximise(
  { classes, stride, asked, yes, ofClass }: Candidates,
  { hits, right, total }: Expected,
  state: State,
): void {
  const { sensitivity, specificity } = state;
  for (let kind = 0; kind < classes.length; kind += 1) {
    state.prevalenceRate[kind] = 1 + (total[kind] ?? 0);
    state.prevalenceRest[kind] = 1 + (ofClass[kind] ?? 0) - (total[kind] ?? 0);
  }
  for (let cell = 0; cell < hits.length; cell += 1) {
    const kind = cell % stride;
    const sensitive = sensitivity.priors[kind] ?? FLAT;
    const specific = specificity.priors[kind] ?? FLAT;
    const hit = hits[cell] ?? 0;
    const miss = Math.max(0, (right[cell] ?? 0) - hit);
    const alarm = Math.max(0, (yes[cell] ?? 0) - hit);
    const reject = Math.max(0, (asked[cell] ?? 0) - (yes[cell] ?? 0) - miss);
    sensitivity.rate[cell] = sensitive.mean * sensitive.strength + hit;
    sensitivity.rest[cell] = (1 - sensitive.mean) * sensitive.strength + miss;
    specificity.rate[cell] = specific.mean * specific.strength + reject;
    specificity.rest[cell] = (1 - specific.mean) * specific.strength + alarm;
  }
}

/** Partial pooling: moves each class's priors to where the coders' posteriors put them. */
function pool({ asked, stride }: Candidates, { sensitivity, specificity }: State): void {
  for (const own of [sensitivity, specificity]) {
    for (const [kind, present] of own.priors.entries()) {
      const evidence = { coders: 0, logRate: 0, logRest: 0 };
      let [rates, rests] = [0, 0];
      for (let place = kind; place < own.rate.length; place += stride) {
        if (asked[place] === 0) continue;
        const [rate, rest] = [own.rate[place] ?? 1, own.rest[place] ?? 1];
        const total = digamma(rate + rest);
        evidence.coders += 1;
        evidence.logRate += digamma(rate) - total;
        evidence.logRest += digamma(rest) - total;
        rates += rate - present.mean * present.strength;
        rests += rest - (1 - present.mean) * present.strength;
      }
      if (evidence.coders < 2) continue;
      const next = pooledPrior((rates + 1) / (rates + rests + 2), evidence, present);
      own.priors[kind] = next;
      for (let place = kind; place < own.rate.length; place += stride) {
        // A coder who was never asked has the prior for posterior, whatever it becomes.
        if (asked[place] !== 0) continue;
        own.rate[place] = next.mean * next.strength;
        own.rest[place] = (1 - next.mean) * next.strength;
      }
    }
  }
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
