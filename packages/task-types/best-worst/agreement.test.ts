import { itemIdSchema } from '@casebook/contracts';
import { describe, expect, it } from 'vitest';
import { numberedId } from '../testing/arbitrary-items.ts';
import { coderAt, codingsOf } from '../testing/codings.ts';
import { bestWorstAgreement } from './agreement.ts';
import type { BestWorstAnswer, BestWorstUnit } from './contract.ts';
import { bestWorstReadings } from './readings.ts';

const choice = (best: number, worst: number): BestWorstAnswer => ({ kind: 'best-worst', best, worst });

/** Tuple n holds pairs n, n + 1, n + 2, n + 3 of a ring of eight. */
function tuple(place: number): BestWorstUnit {
  return {
    pairs: [0, 1, 2, 3].map((step) => {
      const number = ((place + step) % 8) + 1;
      return {
        id: itemIdSchema.parse(numberedId(number)),
        word1: `left ${number}`,
        word2: `right ${number}`,
      };
    }),
  };
}

function codings(...answers: (BestWorstAnswer | null)[][]): Parameters<typeof bestWorstAgreement>[0] {
  return codingsOf({
    answers,
    unitAt: tuple,
    keyAt: (place) => `tuple-${place + 1}`,
    itemAt: (place) => place,
  });
}

const views = (...answers: (BestWorstAnswer | null)[][]) =>
  new Map(
    bestWorstAgreement(codings(...answers), { seed: 1, resamples: 100 }).map((view) => [view.id, view]),
  );
const figure = (view: ReturnType<typeof views>, id: string, measure: string): unknown =>
  view.get(id)?.measures.find((one) => one.id === measure)?.estimate;

describe('agreement of best–worst choices', () => {
  it('is told of the best, of the worst, and of the orderings that they imply', () => {
    const view = views(
      [choice(1, 4), choice(1, 4), choice(2, 3)],
      [choice(1, 4), choice(1, 3), choice(4, 3)],
    );
    expect(figure(view, 'best', 'percent-agreement')).toMatchObject({ value: 2 / 3, units: 3 });
    expect(figure(view, 'worst', 'percent-agreement')).toMatchObject({ value: 2 / 3, units: 3 });
    // Tuple 1: five orderings of both, all alike. Tuple 2: 1>2, 1>3, 1>4, 2>4, 3>4 and 1>2, 1>3, 1>4, 2>3, 4>3, so
    // three alike, one opposed, and 2–3, 2–4 said by one alone. Tuple 3: 2>1, 2>4, 2>3, 1>3, 4>3 and 4>1, 4>2, 4>3,
    // 1>3, 2>3: 2–3, 1–3, 3–4 alike, 2–4 opposed, 1–2 and 1–4 said by one alone.
    const orderings = figure(view, 'orderings', 'percent-agreement');
    expect(orderings).toHaveProperty('value', expect.closeTo(11 / 13, 12));
    expect(orderings).toHaveProperty('units', 13);
    expect(view.get('orderings')?.ratings).toBe(30);
  });

  it('compares every two coders', () => {
    const view = views([choice(1, 4), choice(2, 4)], [choice(1, 4), choice(3, 4)], [choice(1, 2), null]);
    expect(view.get('best')?.pairs.map(({ coders }) => coders)).toEqual([
      [coderAt(0), coderAt(1)],
      [coderAt(0), coderAt(2)],
      [coderAt(1), coderAt(2)],
    ]);
    // Observed 1/2; by chance 1/4, both having said 1 half of the time.
    expect(view.get('best')?.pairs[0]?.estimate).toHaveProperty('value', expect.closeTo(1 / 3, 12));
  });

  it('takes a tuple with a word not known for a missing answer', () => {
    const view = views([choice(1, 4), { kind: 'unknown-word' }], [choice(1, 4), choice(2, 3)]);
    expect(view.get('best')).toMatchObject({ ratings: 3 });
    expect(figure(view, 'best', 'percent-agreement')).toMatchObject({ value: 1, units: 1 });
  });

  it('gives the reliability of scores with its n, and says why there is none', () => {
    const ranked = Array.from({ length: 8 }, (_, place) => (place < 5 ? choice(1, 4) : choice(4, 1)));
    const reliability = figure(views(ranked, ranked), 'scores', 'split-half');
    expect(reliability).toMatchObject({ kind: 'value', units: 8, ratings: 16 });
    expect(reliability).toHaveProperty('value', expect.closeTo(1, 12));
    expect(figure(views(ranked), 'scores', 'split-half')).toEqual({
      kind: 'undefined',
      reason: 'no tuple was judged twice',
    });
    expect(figure(views(ranked), 'best', 'alpha-nominal')).toEqual({
      kind: 'undefined',
      reason: 'fewer than two coders have answered',
    });
  });
});

describe('readings of a tuple', () => {
  it('are the same where both choices are; each that differs is half of the way', () => {
    const of = (...answers: BestWorstAnswer[]) =>
      bestWorstReadings(codings(...answers.map((answer) => [answer])))[0];
    expect(of(choice(1, 4), choice(1, 4))).toMatchObject({ disagreement: 0 });
    expect(of(choice(1, 4), choice(1, 3))).toMatchObject({ disagreement: 0.5 });
    expect(of(choice(1, 4), choice(4, 1))).toMatchObject({ disagreement: 1 });
    expect(of(choice(1, 4), { kind: 'unknown-word' })).toMatchObject({ disagreement: 1 });
    expect(of(choice(1, 3), choice(1, 4), choice(1, 4))?.readings.map(({ answer }) => answer)).toEqual([
      choice(1, 4),
      choice(1, 3),
    ]);
  });
});
