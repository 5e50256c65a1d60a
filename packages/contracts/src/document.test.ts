import { describe, expect, it } from 'vitest';
import type { Token } from './document.ts';
import { textOfMention, textOfRange } from './document.ts';

const tokens: Token[] = [
  { text: 'Ada' },
  { text: '_', empty: true, spaceAfter: false },
  { text: 'ran', spaceAfter: false },
  { text: '.' },
];

describe('the text of a range', () => {
  it('has spaces where the source has them, and no empty nodes', () => {
    expect(textOfRange(tokens, [0, 4])).toBe('Ada ran.');
    expect(textOfRange(tokens, [0, 2])).toBe('Ada');
  });

  it('of an empty node alone is what the source writes for it', () => {
    expect(textOfRange(tokens, [1, 2])).toBe('_');
  });

  it('of a discontinuous mention joins its parts by an ellipsis', () => {
    expect(
      textOfMention(tokens, {
        ranges: [
          [0, 1],
          [2, 3],
        ],
      }),
    ).toBe('Ada … ran');
  });
});
