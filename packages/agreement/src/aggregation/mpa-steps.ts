import { logBeta } from '../distributions/index.ts';
import type { Answers } from './answers.ts';
import { digamma } from './digamma.ts';
import type { Candidates } from './mpa-candidates.ts';
import { type BetaPrior, FLAT } from './mpa-prior.ts';
import type { State } from './mpa-state.ts';

/** Log odds beyond which the arithmetic can't tell a probability from 0 or 1. */
const CERTAIN = 50;

/**
 * What E-steps keep: expected counts of the candidates as they are accepted (tables of hits and of right candidates asked
 * about; right ones by class), the entropy of every mention, and for how many E-steps it is let alone. All zero before
 * the first E-step; every E-step then adds what has changed.
 */
export interface Expected {
  readonly hits: Float64Array;
  readonly right: Float64Array;
  readonly total: Float64Array;
  readonly entropy: Float64Array;
  /** E-steps that pass before the mention is looked at again, and how many that were last time. */
  readonly wait: Uint8Array;
  readonly lastWait: Uint8Array;
}

export function nothingExpected({ asked, stride, starts }: Candidates): Expected {
  const mentions = starts.length - 1;
  return {
    hits: new Float64Array(asked.length),
    right: new Float64Array(asked.length),
    total: new Float64Array(stride),
    entropy: new Float64Array(mentions),
    wait: new Uint8Array(mentions),
    lastWait: new Uint8Array(mentions),
  };
}

/**
 * A mention none of whose probabilities has moved further than this keeps them, and its counts need not be touched. After
 * some twenty iterations that is true of most mentions; it moves no result by more than rounding does.
 */
const UNMOVED = 1e-10;

/** A mention that does not move is let alone for 1, 3, 7 … E-steps, for no more than this many. */
const LONGEST_WAIT = 64;

/**
 * E-step: the log odds of a candidate are those of its class, plus for every answer to the mention what a no of that
 * coder says, plus for every yes what it says beyond a no. Brings the expected counts up to date, and returns the
 * evidence lower bound of the candidates as they are then accepted, which no choice of mentions can lower (Neal & Hinton
 * 1998).
 *
 * @param which all mentions, or those only that are likely to move
 */
export function expect(
  answers: Answers,
  candidates: Candidates,
  gold: Int32Array | null,
  state: State,
  { hits, right, total, entropy, wait, lastWait }: Expected,
  which: 'all' | 'moving',
): number {
  const { starts, classOf, chosen, rowOf, cellOf, stride } = candidates;
  const { odds, no, yesBeyondNo, constant } = weightsOf(candidates, state);
  const { accepted } = state;
  const ofNo = new Float64Array(stride);
  const moved = new Float64Array(stride);
  const score = new Float64Array(mostCandidates(starts));
  for (let unit = 0; unit < answers.units.length; unit += 1) {
    const left = wait[unit] ?? 0;
    if (which === 'moving' && left > 0) {
      wait[unit] = left - 1;
      continue;
    }
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
    for (let candidate = first; candidate < last; candidate += 1) {
      score[candidate - first] = ofNo[classOf[candidate] ?? 0] ?? 0;
    }
    for (let at = from; at < to; at += 1) {
      const place = (chosen[at] ?? 0) - first;
      score[place] = (score[place] ?? 0) + (yesBeyondNo[cellOf[at] ?? 0] ?? 0);
    }
    const known = gold?.[unit] ?? -1;
    // Σ log(1 + e^−|logit|) as the logarithm of one product, which stays below 2 to the number of candidates.
    let product = 1;
    let disorder = 0;
    let furthest = 0;
    for (let candidate = first; candidate < last; candidate += 1) {
      const logit = score[candidate - first] ?? 0;
      let probability: number;
      if (known >= 0) {
        probability = candidate === known ? 1 : 0;
      } else {
        const distance = Math.abs(logit);
        const small = distance > CERTAIN ? 0 : Math.exp(-distance);
        const whole = 1 + small;
        probability = (logit >= 0 ? 1 : small) / whole;
        // log(1 + e^logit) is the entropy and the expected logit together.
        disorder += (logit > 0 ? logit : 0) - probability * logit;
        product *= whole;
        if (product > 1e300) {
          disorder += Math.log(product);
          product = 1;
        }
      }
      const change = probability - (accepted[candidate] ?? 0);
      score[candidate - first] = change;
      furthest = Math.max(furthest, Math.abs(change));
    }
    if (furthest <= UNMOVED) {
      const longer = Math.min(LONGEST_WAIT, 2 * (lastWait[unit] ?? 0) + 1);
      wait[unit] = longer;
      lastWait[unit] = longer;
      continue;
    }
    wait[unit] = 0;
    lastWait[unit] = 0;
    entropy[unit] = disorder + Math.log(product);
    moved.fill(0);
    for (let candidate = first; candidate < last; candidate += 1) {
      const kind = classOf[candidate] ?? 0;
      const change = score[candidate - first] ?? 0;
      accepted[candidate] = (accepted[candidate] ?? 0) + change;
      moved[kind] = (moved[kind] ?? 0) + change;
    }
    for (let kind = 0; kind < stride; kind += 4) {
      const one = moved[kind] ?? 0;
      const two = moved[kind + 1] ?? 0;
      const three = moved[kind + 2] ?? 0;
      const four = moved[kind + 3] ?? 0;
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
      hits[cell] = (hits[cell] ?? 0) + (score[(chosen[at] ?? 0) - first] ?? 0);
    }
  }
  return constant + sumOf(entropy) + dot(odds, total) + dot(no, right) + dot(yesBeyondNo, hits);
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at += 1) sum += (one[at] ?? 0) * (other[at] ?? 0);
  return sum;
}

function mostCandidates(starts: Int32Array): number {
  let most = 0;
  for (let unit = 1; unit < starts.length; unit += 1) {
    most = Math.max(most, (starts[unit] ?? 0) - (starts[unit - 1] ?? 0));
  }
  return most;
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
export function maximise(
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
