import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { excerptsAround } from './excerpts.ts';

const TEXT = {
  sentences: [
    [0, 10],
    [10, 20],
    [20, 120],
    [120, 130],
  ] as [number, number][],
  paragraphs: [
    [0, 20],
    [20, 130],
  ] as [number, number][],
};

describe('excerpts around phrases', () => {
  it('are the sentences of the phrases, in the order of the text', () => {
    expect(excerptsAround(TEXT, [[[121, 122]], [[2, 4]]])).toEqual([
      { range: [0, 10], paragraph: 1, cutBefore: false, cutBehind: false },
      { range: [120, 130], paragraph: 2, cutBefore: false, cutBehind: false },
    ]);
  });

  it('cut a long sentence around its phrase, and say so', () => {
    expect(excerptsAround(TEXT, [[[70, 72]]], 5)).toEqual([
      { range: [65, 77], paragraph: 2, cutBefore: true, cutBehind: true },
    ]);
  });

  it('that touch are one', () => {
    expect(excerptsAround(TEXT, [[[2, 4]], [[10, 11]]]).map(({ range }) => range)).toEqual([[0, 20]]);
  });

  it('hold every phrase whole, discontinuous ones too, and never overlap', () => {
    const phrase = fc
      .array(fc.nat({ max: 128 }), { minLength: 1, maxLength: 3 })
      .map((starts) => [...new Set(starts)].sort((a, b) => a - b).map((s) => [s, s + 1] as const));
    fc.assert(
      fc.property(fc.array(phrase, { minLength: 1, maxLength: 5 }), (phrases) => {
        const excerpts = excerptsAround(TEXT, phrases, 8);
        for (const ranges of phrases)
          for (const [start, end] of ranges)
            expect(excerpts.some(({ range }) => range[0] <= start && end <= range[1])).toBe(true);
        for (const [index, { range }] of excerpts.entries())
          expect(range[0]).toBeGreaterThan(excerpts[index - 1]?.range[1] ?? -1);
      }),
    );
  });
});
