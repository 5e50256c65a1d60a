import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alignTokens } from './token-alignment.ts';

const tokens = (...texts: string[]) => texts.map((text) => ({ text }));

describe('two cuttings of a text', () => {
  it('are aligned by their characters', () => {
    const alignment = alignTokens(
      tokens('a', 'well', '-', 'known', 'aunt'),
      tokens('a', 'well-known', 'aunt'),
    );
    if (alignment.kind !== 'aligned') throw new Error('they are the same text');
    expect(alignment.rangeOf([1, 4])).toEqual([1, 2]);
    expect(alignment.rangeOf([3, 5])).toBeNull();
    expect(alignment.rangeOf([4, 5])).toEqual([2, 3]);
  });

  it('may write brackets and quotes as treebanks do', () => {
    const alignment = alignTokens(
      tokens('``', 'No', "''", '-LRB-', 'he', '-RRB-'),
      tokens('“No”', '(', 'he', ')'),
    );
    if (alignment.kind !== 'aligned') throw new Error('they are the same text');
    expect(alignment.rangeOf([4, 5])).toEqual([2, 3]);
    expect(alignment.rangeOf([1, 2])).toBeNull();
  });

  it('are not aligned where a word is another', () => {
    expect(alignTokens(tokens('he', 'came'), tokens('he', 'went'))).toEqual({
      kind: 'differs',
      at: 1,
      found: 'came',
      expected: 'went',
    });
    expect(alignTokens(tokens('he'), tokens('he', 'went')).kind).toBe('differs');
  });

  it('give every token back over the same characters, however they are cut', () => {
    const text = 'thecatsatonthematandsleptalldaylong';
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: text.length - 1 }));
    const cut = (at: readonly number[]) => {
      const places = [0, ...[...at].sort((one, other) => one - other), text.length];
      return places.slice(1).map((end, index) => text.slice(places[index], end));
    };
    fc.assert(
      fc.property(cuts, cuts, (one, other) => {
        const [from, to] = [cut(one), cut(other)];
        const alignment = alignTokens(tokens(...from), tokens(...to));
        if (alignment.kind !== 'aligned') return false;
        return from.every((word, at) => {
          const there = alignment.rangeOf([at, at + 1]);
          return there === null || to.slice(...there).join('') === word;
        });
      }),
    );
  });
});
