import { designComparisons } from '@casebook/agreement';
import { expect, it } from 'vitest';
import { similarityComparisonProtocolSchema } from './contract.ts';
import { COMPARISON_PRESETS } from './presets.ts';

it.each(COMPARISON_PRESETS)('$title is a protocol as it would be stored', ({ protocol }) => {
  expect(similarityComparisonProtocolSchema.parse(JSON.parse(JSON.stringify(protocol)))).toEqual(protocol);
});

it('MEN compares each pair with fifty others, 75,000 times over its 3,000 pairs', () => {
  const [men] = COMPARISON_PRESETS;
  const { comparisons } = designComparisons({
    items: 3_000,
    partners: men?.protocol.partners ?? 0,
    seed: 1,
  });
  expect(comparisons).toHaveLength(75_000);
});
