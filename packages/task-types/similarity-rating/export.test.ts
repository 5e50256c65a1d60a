import { itemIdSchema, unitIdSchema } from '@casebook/contracts';
import { describe, expect, it } from 'vitest';
import type { UnitExport } from '../task-type-server.ts';
import { numberedId } from '../testing/arbitrary-items.ts';
import { coderAt, codingsOf } from '../testing/codings.ts';
import type { SimilarityRatingAnswer, SimilarityRatingUnit } from './contract.ts';
import { similarityTable } from './export.ts';
import { similarityReadings } from './readings.ts';

const [ada, ben] = [coderAt(0), coderAt(1)];

function exported(
  word1: string,
  word2: string,
  ...answers: (SimilarityRatingAnswer | null)[]
): UnitExport<SimilarityRatingUnit, SimilarityRatingAnswer> {
  const unit = { word1, word2 };
  const codings = codingsOf({
    answers: answers.map((answer) => [answer]),
    unitAt: () => unit,
    keyAt: () => 'pair',
    itemAt: () => 0,
  });
  const unitId = unitIdSchema.parse(numberedId(1000));
  return {
    item: {
      id: itemIdSchema.parse(numberedId(1)),
      name: word1,
      content: { kind: 'word-pair', pair: { word1, word2, partOfSpeech: 'N' } },
    },
    units: [{ unitId, key: 'pair', unit, readings: similarityReadings(codings)[0]?.readings ?? [] }],
  };
}

async function table(...items: ReturnType<typeof exported>[]): Promise<string> {
  async function* each(): AsyncGenerator<ReturnType<typeof exported>> {
    yield* items;
  }
  let text = '';
  for await (const piece of similarityTable.write(each())) text += piece;
  return text;
}

const rating = (value: number): SimilarityRatingAnswer => ({ kind: 'rating', value });

describe('the table of ratings', () => {
  it('has mean, standard deviation, n, and every coder’s own rating', async () => {
    expect(await table(exported('clue', 'hint', rating(4), rating(6)))).toBe(
      `word1\tword2\tPOS\tmean\tSD\tn\t${ada}\t${ben}\nclue\thint\tN\t5\t${Math.SQRT2}\t2\t4\t6\n`,
    );
  });

  it('writes a word not known as ?, a missing answer as nothing, and no deviation of one rating', async () => {
    const text = await table(
      exported('clue', 'hint', { kind: 'unknown-word' }, rating(6)),
      exported('fog', 'teapot', rating(0), null),
      exported('ask', 'tell'),
    );
    expect(text.split('\n').slice(1, 4)).toEqual([
      'clue\thint\tN\t6\t\t1\t?\t6',
      'fog\tteapot\tN\t0\t\t1\t0\t',
      'ask\ttell\tN\t\t\t0\t\t',
    ]);
  });
});
