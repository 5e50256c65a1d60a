import { describe, expect, it } from 'vitest';
import { similarityComparisonContract } from './contract.ts';
import { similarityComparisonServer } from './server.ts';

describe('a comparison in words', () => {
  it('names the words of the pair, not its side', () => {
    const unit = similarityComparisonContract.unit.parse({
      first: { id: '00000000-0000-7000-8000-000000000001', word1: 'coast', word2: 'shore' },
      second: { id: '00000000-0000-7000-8000-000000000002', word1: 'clue', word2: 'evidence' },
    });
    const inWords = (kind: 'first' | 'second' | 'same') =>
      similarityComparisonServer.describe({ kind }, unit, (key) => key);
    expect(inWords('first')).toBe('coast – shore');
    expect(inWords('second')).toBe('clue – evidence');
    expect(inWords('same')).toBe('the same');
  });
});
