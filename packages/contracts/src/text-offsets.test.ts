import { textOfRange } from './document.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textWithOffsets } from './text-offsets.ts';

function sliced(text: string, [start, end]: readonly [number, number]): string {
  return Array.from(text).slice(start, end).join('');
}

describe('textWithOffsets', () => {
  it.each([
    ['emoji beyond the basic plane', ['🕵️', 'finds', '👩‍👩‍👧', '.']],
    ['combining marks', ['cafe\u0301', 'e\u0301te\u0301']],
    ['right-to-left words', ['שלום', 'עולם', 'OK']],
  ])('counts code points: %s', (_name, words) => {
    const tokens = words.map((text) => ({ text }));
    const { text, offsets } = textWithOffsets(tokens);
    expect(offsets.tokens.map((range) => sliced(text, range))).toEqual(words);
  });

  it('leaves no space where the source has none', () => {
    const { text, offsets } = textWithOffsets([{ text: 'Stop', spaceAfter: false }, { text: '!' }]);
    expect(text).toBe('Stop!');
    expect(offsets.tokens).toEqual([
      [0, 4],
      [4, 5],
    ]);
  });

  it('slices every token out of the text that the document reads as', () => {
    const token = fc.record(
      { text: fc.string({ minLength: 1, unit: 'grapheme' }), spaceAfter: fc.constant(false as const) },
      { requiredKeys: ['text'] },
    );
    fc.assert(
      fc.property(fc.array(token, { minLength: 1 }), (tokens) => {
        const { text, offsets } = textWithOffsets(tokens);
        expect(text).toBe(textOfRange(tokens, [0, tokens.length]));
        expect(offsets.tokens.map((range) => sliced(text, range))).toEqual(tokens.map((each) => each.text));
      }),
    );
  });
});
