import { describe, expect, it } from 'vitest';
import { coderAt, codingsOf } from '../testing/codings.ts';
import { similarityAgreement, similarityAgreementChange } from './agreement.ts';
import type { SimilarityRatingAnswer } from './contract.ts';

function rated(
  rows: readonly (readonly (number | 'unknown' | null)[])[],
): ReturnType<typeof similarityAgreement> {
  const answers = rows.map((row) =>
    row.map((value): SimilarityRatingAnswer | null => {
      if (value === null) return null;
      return value === 'unknown' ? { kind: 'unknown-word' } : { kind: 'rating', value };
    }),
  );
  const codings = codingsOf({
    answers,
    unitAt: (place) => ({ word1: `left ${place}`, word2: `right ${place}` }),
    keyAt: () => 'pair',
    itemAt: (place) => place,
  });
  return similarityAgreement(codings, { seed: 1, resamples: 200 });
}

/** Krippendorff’s own reliability data (Computing Krippendorff’s Alpha-Reliability, 2011, section C). */
const KRIPPENDORFF = [
  [1, 2, 3, 3, 2, 1, 4, 1, 2, null, null, null],
  [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, null, 3],
  [null, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, null],
  [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, null],
];

describe('agreement of ratings', () => {
  it('gives the published alphas', () => {
    const [view] = rated(KRIPPENDORFF);
    const values = new Map(
      view?.measures.map(({ id, estimate }) => [id, estimate.kind === 'value' ? estimate.value : null]),
    );
    expect(values.get('alpha-nominal')).toBeCloseTo(0.743, 3);
    expect(values.get('alpha-ordinal')).toBeCloseTo(0.815, 3);
    expect(values.get('alpha-interval')).toBeCloseTo(0.849, 3);
    expect(values.get('alpha-ratio')).toBeCloseTo(0.797, 3);
    expect(view).toMatchObject({ id: 'rating', units: 12, ratings: 41 });
  });

  it('draws an interval around each alpha, which holds it', () => {
    const [view] = rated(KRIPPENDORFF);
    const alphas = view?.measures.filter(({ id }) => id.startsWith('alpha')) ?? [];
    expect(alphas).toHaveLength(4);
    for (const { estimate } of alphas) {
      if (estimate.kind === 'undefined' || estimate.interval === null)
        throw new Error('an interval was expected');
      expect(estimate.interval.level).toBe(0.95);
      expect(estimate.interval.low).toBeLessThan(estimate.value);
      expect(estimate.interval.high).toBeGreaterThan(estimate.value);
    }
  });

  it('compares every two coders, by what both rated', () => {
    const [view] = rated([
      [0, 1, 2, 6],
      [1, 2, 3, 6],
      [null, null, null, 6],
    ]);
    const of = (first: number, second: number, measure: string): unknown =>
      view?.pairs.find(
        (pair) =>
          pair.measure === measure && pair.coders[0] === coderAt(first) && pair.coders[1] === coderAt(second),
      )?.estimate;
    expect(of(0, 1, 'spearman')).toHaveProperty('value', expect.closeTo(1, 12));
    // Observed 1/4; by chance 1/16 each for 1, 2 and 6.
    expect(of(0, 1, 'cohens-kappa')).toHaveProperty(
      'value',
      expect.closeTo((1 / 4 - 3 / 16) / (1 - 3 / 16), 12),
    );
    // Mean squared difference: 3/4 of the coders’ own pairs, 37/4 of all pairs.
    expect(of(0, 1, 'cohens-kappa-quadratic')).toHaveProperty('value', expect.closeTo(1 - 0.75 / 9.25, 12));
    expect(of(0, 2, 'spearman')).toMatchObject({ kind: 'undefined' });
  });

  it('takes a word not known for a missing rating', () => {
    const [view] = rated([
      [3, 'unknown', 5],
      [3, 4, 5],
    ]);
    expect(view).toMatchObject({ units: 3, ratings: 5 });
    expect(view?.measures[0]?.estimate).toMatchObject({ kind: 'value', value: 1, units: 2 });
  });

  it('says why there is no figure', () => {
    const [alone] = rated([[1, 2, 3]]);
    for (const { estimate } of alone?.measures ?? []) {
      expect(estimate).toEqual({ kind: 'undefined', reason: 'fewer than two coders have answered' });
    }
    expect(alone?.pairs).toEqual([]);
    const [flat] = rated([
      [4, 4],
      [4, 4],
    ]);
    expect(flat?.measures.map(({ estimate }) => estimate.kind)).toEqual([
      'value',
      'undefined',
      'undefined',
      'undefined',
      'undefined',
    ]);
  });
});

describe('agreement of ratings before and after', () => {
  /** Ratings as codings; one row a coder. */
  const looked = (rows: readonly (readonly (number | 'unknown')[])[]) =>
    codingsOf({
      answers: rows.map((row) =>
        row.map((value): SimilarityRatingAnswer =>
          value === 'unknown' ? { kind: 'unknown-word' } : { kind: 'rating', value },
        ),
      ),
      unitAt: (place) => ({ word1: `left ${place}`, word2: `right ${place}` }),
      keyAt: () => 'pair',
      itemAt: (place) => place,
    });
  const request = { seed: 1, resamples: 200 };

  it('is taken over the ratings that are in both, with the change as their difference', () => {
    // By hand, nominal alpha of 1 2 3 4 against 1 2 4 3, 8 ratings, two of each value: before two of four units
    // differ, so 1 − 7 · (2 · 2) / (8² − 4 · 2²) = 1 − 28 / 48; after none does.
    const before = looked([
      [1, 2, 3, 4, 5],
      [1, 2, 4, 3, 1],
    ]);
    const after = looked([
      [1, 2, 3, 4, 'unknown'],
      [1, 2, 3, 4, 5],
    ]);
    const [view] = similarityAgreementChange(before, after, request);
    const named = new Map(view?.measures.map((measure) => [measure.id, measure]));
    const nominal = named.get('alpha-nominal');
    expect(nominal?.before).toMatchObject({ value: expect.closeTo(1 - 28 / 48, 12) as number, ratings: 8 });
    expect(nominal?.after).toMatchObject({ value: 1, ratings: 8 });
    expect(nominal?.change).toMatchObject({
      value: expect.closeTo(28 / 48, 12) as number,
      units: 4,
      ratings: 16,
    });
    expect(named.get('percent-agreement')?.change).toMatchObject({ value: 0.5 });
  });

  it('is told to be none of one coder', () => {
    const [view] = similarityAgreementChange(looked([[1, 2]]), looked([[1, 2]]), request);
    expect(view?.measures[0]?.change).toEqual({
      kind: 'undefined',
      reason: 'fewer than two coders have answered',
    });
  });
});
