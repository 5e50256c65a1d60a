import { describe, expect, it } from 'vitest';
import type { PassageMark, PassageRange } from './marks.ts';
import { MarksByParagraph } from './paragraphs.ts';

const PARAGRAPHS: PassageRange[] = [
  [0, 10],
  [10, 20],
  [20, 30],
];
const mark = (id: string, entity: number, ...ranges: [number, number][]): PassageMark => ({
  id,
  ranges,
  entity,
});

describe('MarksByParagraph', () => {
  it('gives each paragraph the marks that stand in it, the outer first', () => {
    const dealt = new MarksByParagraph().deal(PARAGRAPHS, [mark('b', 1, [12, 13]), mark('a', 2, [8, 13])]);
    expect(dealt.map((marks) => marks.map(({ id }) => id))).toEqual([['a'], ['a', 'b'], []]);
  });

  it('gives a discontinuous mark once to a paragraph that holds several of its parts', () => {
    const dealt = new MarksByParagraph().deal(PARAGRAPHS, [mark('a', 1, [1, 2], [4, 5], [25, 26])]);
    expect(dealt.map((marks) => marks.length)).toEqual([1, 0, 1]);
  });

  it('keeps the array of a paragraph whose marks did not change', () => {
    const byParagraph = new MarksByParagraph();
    const before = byParagraph.deal(PARAGRAPHS, [mark('a', 1, [1, 2]), mark('b', 2, [11, 12])]);
    const after = byParagraph.deal(PARAGRAPHS, [mark('a', 1, [1, 2]), mark('b', 3, [11, 12])]);
    expect(after[0]).toBe(before[0]);
    expect(after[1]).not.toBe(before[1]);
    expect(after[2]).toBe(before[2]);
  });
});
