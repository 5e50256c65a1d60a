import { describe, expect, it } from 'vitest';
import { coderAt, codingsOf } from '../testing/codings.ts';
import type { CoreferenceAnswer, CoreferenceUnit } from './contract.ts';
import { weighCoreference } from './weighing.ts';

const fresh: CoreferenceAnswer = { kind: 'new' };
const old = (at: number): CoreferenceAnswer => ({ kind: 'old', antecedents: [`m${at}`] });

/** Documents of four phrases: two coders who agree, and a third who takes the last phrase of each for a new entity. */
function documents(count: number): ReturnType<typeof codingsOf<CoreferenceUnit, CoreferenceAnswer>> {
  const right = Array.from({ length: count }, () => [fresh, old(1), old(1), old(1)]).flat();
  const wrong = Array.from({ length: count }, () => [fresh, old(1), old(1), fresh]).flat();
  return codingsOf({
    answers: [right, right, wrong],
    unitAt: (place) => ({ ranges: [[place % 4, (place % 4) + 1]], text: 'phrase' }),
    keyAt: (place) => `m${(place % 4) + 1}`,
    itemAt: (place) => Math.floor(place / 4),
  });
}

describe('the readings of a coreference task', () => {
  it('are weighed over all documents, the most probable first', () => {
    const { units, settled } = weighCoreference(documents(5));
    expect(units).toHaveLength(20);
    expect(settled).toBe(true);
    const disputed = units.filter(({ readings }) => readings.length > 1);
    expect(disputed).toHaveLength(5);
    for (const { readings } of disputed) {
      expect(readings[0]).toMatchObject({ answer: old(3), coders: [coderAt(0), coderAt(1)] });
      expect(readings[1]).toMatchObject({ answer: fresh, coders: [coderAt(2)] });
    }
  });

  it('tell what each coder is worth by kind of answer, with the number of his answers', () => {
    const { coders } = weighCoreference(documents(5));
    expect(coders.map(({ coder }) => coder)).toEqual([0, 1, 2].map(coderAt));
    const [good, , bad] = coders.map(({ classes }) =>
      classes.map(({ title, answers }) => [title, answers] as const),
    );
    expect(good).toEqual([
      ['New', 5],
      ['Mentioned before', 15],
    ]);
    expect(bad).toEqual([
      ['New', 10],
      ['Mentioned before', 10],
    ]);
    const old = coders.map(({ classes }) => classes[1]?.sensitivity ?? 0);
    expect(old[2]).toBeLessThan(old[0] ?? 0);
    const fresh = coders.map(({ classes }) => classes[0]?.specificity ?? 0);
    expect(fresh[2]).toBeLessThan(fresh[0] ?? 0);
  });

  it('are none where nothing was judged', () => {
    expect(weighCoreference([])).toEqual({ units: [], coders: [], rounds: 0, settled: true });
  });
});
