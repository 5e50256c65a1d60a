import { readWordPairs } from '@casebook/corpora';
import { describe, expect, it } from 'vitest';
import { isOtherwiseEncoded } from './encoding.ts';

async function refusalsOf(bytes: Uint8Array) {
  async function* source(): AsyncGenerator<Uint8Array> {
    yield bytes;
    await Promise.resolve();
  }
  const refusals = [];
  for await (const event of readWordPairs(source(), { fileName: 'pairs.tsv' })) {
    if (event.kind === 'refused') refusals.push(event.refusal);
  }
  return refusals;
}

const TABLE = 'word1\tword2\tscore\nold\tnew\t1\ncafé\tbar\t5\nsmart\tdim\tx\n';

describe('a table of pairs', () => {
  it('saved as Latin-1 is seen to be no UTF-8', async () => {
    const refusals = await refusalsOf(new Uint8Array(Buffer.from(TABLE, 'latin1')));
    expect(isOtherwiseEncoded({ refusals })).toBe(true);
  });

  it('with other faults is not', async () => {
    const refusals = await refusalsOf(new TextEncoder().encode(TABLE));
    expect(refusals).toHaveLength(1);
    expect(isOtherwiseEncoded({ refusals })).toBe(false);
  });
});
