import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { Tokeniser } from './tokenise.ts';

/** Many runs each, on machines that do other things too. */
vi.setConfig({ testTimeout: 60_000 });

const cut = (text: string, language?: string, cuts?: ReadonlySet<number>): string[][] =>
  [...new Tokeniser(language).sentences(text, cuts)].map((sentence) => sentence.map((token) => token.text));

describe('cutting text into sentences and tokens', () => {
  it('follows the rules of Unicode', () => {
    expect(cut('The fog thickened. "Who goes there?" he said.')).toEqual([
      ['The', 'fog', 'thickened', '.'],
      ['"', 'Who', 'goes', 'there', '?', '"'],
      ['he', 'said', '.'],
    ]);
  });

  it('ends no sentence behind an initial or a title', () => {
    expect(cut('Mr. A. Harrow met Dr. Vale. He left.').map((sentence) => sentence.length)).toEqual([10, 3]);
  });

  it.each([
    ['th', 'ฉันกินข้าว', 3],
    ['ja', '私は猫です。', 5],
    ['he', 'שלום עולם', 2],
  ])('cuts %s', (language, text, tokens) => {
    expect(cut(text, language).flat()).toHaveLength(tokens);
  });

  it('keeps an emoji of several code points whole', () => {
    expect(cut('a 👩‍👩‍👧 b').flat()).toEqual(['a', '👩‍👩‍👧', 'b']);
  });

  it('ends tokens where it is told to', () => {
    expect(cut('overcoat', 'en', new Set([4])).flat()).toEqual(['over', 'coat']);
  });

  it('loses no character but white space, and says where every token lies', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 40 }),
        fc.array(fc.nat({ max: 60 })),
        (text, cuts) => {
          const tokens = [...new Tokeniser().sentences(text, new Set(cuts))].flat();
          expect(tokens.map((token) => token.text).join('')).toBe(text.replace(/\s/gu, ''));
          for (const { text: own, start, end } of tokens) expect(text.slice(start, end)).toBe(own);
        },
      ),
    );
  });
});
