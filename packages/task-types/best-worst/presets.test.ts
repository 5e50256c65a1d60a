import { designTuples } from '@casebook/agreement';
import { expect, it } from 'vitest';
import { bestWorstProtocolSchema } from './contract.ts';
import { BEST_WORST_PRESETS } from './presets.ts';

it.each(BEST_WORST_PRESETS)('$title is a protocol as it would be stored', ({ protocol }) => {
  expect(bestWorstProtocolSchema.parse(JSON.parse(JSON.stringify(protocol)))).toEqual(protocol);
});

it('BiRD has two tuples of four for each of its 3,345 pairs, each pair in eight', () => {
  const [bird] = BEST_WORST_PRESETS;
  const { tupleSize: size = 0, factor = 0 } = bird?.protocol ?? {};
  const { tuples, balance } = designTuples({ items: 3_345, size, factor, seed: 1 });
  expect(tuples).toHaveLength(6_690);
  expect(balance).toMatchObject({ appearances: { fewest: 8, most: 8 }, mostTogether: 1, alike: 0 });
});
