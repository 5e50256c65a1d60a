import { describe, expect, it } from 'vitest';
import { codingsOf } from '../testing/codings.ts';
import type { EitherAnswer, EitherUnit, PhraseAnswer } from './contract.ts';
import { correctionsView } from './corrections-view.ts';
import { coreferenceServer } from './server.ts';

const left: PhraseAnswer = { kind: 'new' };
const to = (start: number, end: number): PhraseAnswer => ({
  kind: 'new',
  span: { ranges: [[start, end]], text: 'x'.repeat(end - start) },
});

function codings(rows: readonly (readonly (PhraseAnswer | null)[])[]) {
  return codingsOf<EitherUnit, EitherAnswer>({
    answers: rows,
    unitAt: (place) => ({ ranges: [[place, place + 1]], text: 'x' }),
    keyAt: (place) => `m${place}`,
    itemAt: () => 0,
  });
}

const figure = (rows: readonly (readonly (PhraseAnswer | null)[])[], measure: string) =>
  correctionsView(codings(rows), { seed: 1, resamples: 50 })?.measures.find(({ id }) => id === measure)
    ?.estimate;

describe('agreement on the borders of phrases that are given', () => {
  it('is not shown where nobody corrected any', () => {
    expect(correctionsView(codings([[left], [left]]), { seed: 1, resamples: 50 })).toBeNull();
  });

  it('counts the same correction as the same, and another one as another', () => {
    const rows = [
      [left, to(0, 4), to(0, 4), left],
      [left, to(0, 4), to(0, 5), left],
    ];
    expect(figure(rows, 'percent-agreement')).toMatchObject({ value: 3 / 4 });
    expect(figure(rows, 'corrected-f1')).toMatchObject({ value: 2 / 4, units: 4, ratings: 8 });
  });

  it('knows no phrase that only one of two answered, and has no F1 where they share none that was corrected', () => {
    expect(
      figure(
        [
          [to(0, 4), left],
          [null, left],
        ],
        'corrected-f1',
      ),
    ).toMatchObject({
      kind: 'undefined',
      reason: 'no two coders answered a phrase that either corrected',
    });
    expect(correctionsView(codings([[to(0, 4)]]), { seed: 1, resamples: 50 })).toBeNull();
  });

  it('leaves every other figure as it is without corrections', () => {
    const request = { seed: 1, resamples: 50 };
    const bare = coreferenceServer.agreement(
      codings([
        [left, left],
        [left, left],
      ]),
      request,
    );
    const corrected = coreferenceServer.agreement(
      codings([
        [left, to(0, 4)],
        [left, left],
      ]),
      request,
    );
    expect(corrected.filter(({ id }) => id !== 'corrections')).toEqual(bare);
    expect(corrected.map(({ id }) => id)).toContain('corrections');
  });

  it('makes no reading of its own', () => {
    const readings = (rows: readonly (readonly PhraseAnswer[])[]) =>
      coreferenceServer.readings(codings(rows));
    expect(readings([[to(0, 4)], [left]])).toEqual(readings([[left], [left]]));
  });
});
