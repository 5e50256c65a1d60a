import { itemIdSchema } from '@casebook/contracts';
import { describe, expect, it } from 'vitest';
import type { PlannedItem } from '../task-type-server.ts';
import { numberedId } from '../testing/arbitrary-items.ts';
import { similarityComparisonContract, type SimilarityComparisonUnit } from './contract.ts';
import { comparisonOf } from './keys.ts';
import { planSimilarityComparison } from './plan.ts';
import { labelOfComparison, misfitOfComparison, targetOf } from './words.ts';

async function unitsOf(
  words: readonly (readonly [string, string])[],
  among: 'all-pairs' | 'shared-target',
  partners: number,
): Promise<SimilarityComparisonUnit[]> {
  async function* items(): AsyncGenerator<PlannedItem> {
    for (const [index, [word1, word2]] of words.entries()) {
      const id = itemIdSchema.parse(numberedId(index + 1));
      yield { id, name: word1, content: { kind: 'word-pair', pair: { word1, word2 } } };
    }
  }
  const protocol = { ...similarityComparisonContract.exampleProtocol, among, partners };
  const units: SimilarityComparisonUnit[] = [];
  for await (const section of planSimilarityComparison(items(), { protocol, order: 'reading', seed: 1 })) {
    units.push(...section.units.map(({ content }) => content));
  }
  return units;
}

describe('comparisons', () => {
  it('of any pairs are as many as the partners say', async () => {
    const words = Array.from({ length: 20 }, (_, index) => [`a${index}`, `b${index}`] as const);
    expect(await unitsOf(words, 'all-pairs', 6)).toHaveLength((20 * 6) / 2);
  });

  it('of candidates stay within their target', async () => {
    const words = ['cup', 'fog'].flatMap((target) =>
      ['mug', 'sun', 'pot'].map((candidate) => [target, candidate] as const),
    );
    const units = await unitsOf(words, 'shared-target', 10);
    expect(units).toHaveLength(6);
    expect(units.map(targetOf).sort()).toEqual(['cup', 'cup', 'cup', 'fog', 'fog', 'fog']);
  });

  it('of a target with a single candidate are refused, by name', async () => {
    const words = [
      ['cup', 'mug'],
      ['cup', 'pot'],
      ['fog', 'mist'],
    ] as const;
    await expect(unitsOf(words, 'shared-target', 2)).rejects.toThrow(/no other: fog – mist\.$/u);
  });

  it('are named by both pairs', () => {
    const [example] = similarityComparisonContract.examples;
    if (example === undefined) throw new Error('an example was expected');
    expect(labelOfComparison(example.unit)).toBe('coast – shore or clue – evidence');
    expect(targetOf(example.unit)).toBeNull();
  });
});

describe('an answer', () => {
  const press = (key: string, code = '', shiftKey = false) => ({
    ...{ key, code, shiftKey },
    ...{ ctrlKey: false, metaKey: false, altKey: false },
  });

  it.each([
    ['ArrowLeft', 'first'],
    ['1', 'first'],
    ['a', 'first'],
    ['ArrowRight', 'second'],
    ['2', 'second'],
    ['B', 'second'],
    ['ArrowDown', 'same'],
    ['0', 'same'],
  ])('is given by %s: %s', (key, kind) => {
    expect(comparisonOf(press(key), { allowSame: true })).toEqual({ kind });
  });

  it('is no key of the browser’s or of help', () => {
    expect(comparisonOf({ ...press('ArrowLeft'), altKey: true }, { allowSame: true })).toBeNull();
    expect(comparisonOf(press('?', 'Slash', true), { allowSame: true })).toBeNull();
  });

  it('of the same is none where one must be chosen', () => {
    const { exampleProtocol } = similarityComparisonContract;
    expect(comparisonOf(press('0'), { allowSame: false })).toBeNull();
    expect(misfitOfComparison({ kind: 'same' }, exampleProtocol)).toBe('one of the two must be chosen');
    expect(misfitOfComparison({ kind: 'same' }, { ...exampleProtocol, allowSame: true })).toBeNull();
  });
});
