import type { Answers } from './answers.ts';

/** Answers as places in coder × label tables, and how many fall on each. */
export interface Data {
  readonly labels: number;
  readonly coders: number;
  /** Answer → coder × labels + label. */
  readonly placeOf: Int32Array;
  readonly given: Float64Array;
}

export function prepare(answers: Answers): Data {
  const labels = answers.labels.length;
  const placeOf = answers.coderOf.map((coder, at) => coder * labels + (answers.labelOf[at] ?? 0));
  const given = new Float64Array(answers.coders.length * labels);
  for (const place of placeOf) given[place] = (given[place] ?? 0) + 1;
  return { labels, coders: answers.coders.length, placeOf, given };
}

/** Everything that a restart holds. Weights are what the E-step multiplies: probabilities, or exp E log of them. */
export interface State {
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

export function startingState({ coders, labels }: Data, draw: () => number): State {
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
export function expect(
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
