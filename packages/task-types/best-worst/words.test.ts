import { itemIdSchema } from '@casebook/contracts';
import { describe, expect, it } from 'vitest';
import { numberedId } from '../testing/arbitrary-items.ts';
import { bestWorstServer } from './server.ts';

const unit = {
  pairs: [
    ['coast', 'shore'],
    ['clue', 'evidence'],
    ['lamp', 'sun'],
    ['fog', 'tea'],
  ].map(([word1 = '', word2 = ''], place) => ({ id: itemIdSchema.parse(numberedId(place)), word1, word2 })),
};

describe('a choice in words', () => {
  it('names the words, not where they stood', () => {
    const words = bestWorstServer.describe({ kind: 'best-worst', best: 1, worst: 4 }, unit, (key) => key);
    expect(words).toBe('most coast – shore, least fog – tea');
  });

  it('says that a word is not known', () => {
    expect(bestWorstServer.describe({ kind: 'unknown-word' }, unit, (key) => key)).toBe(
      'does not know a word',
    );
  });
});
