import { itemIdSchema, memberIdSchema, unitIdSchema, type MemberId } from '@casebook/contracts';
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
    units: [
      { unitId, key: 'pair', unit, readings: similarityReadings(codings)[0]?.readings ?? [], decided: false },
    ],
  };
}

const NAMES = new Map([
  [ada, 'Ada'],
  [ben, 'Ben'],
]);

async function table(
  names: ReadonlyMap<MemberId, string>,
  ...items: ReturnType<typeof exported>[]
): Promise<string> {
  async function* each(): AsyncGenerator<ReturnType<typeof exported>> {
    yield* items;
  }
  let text = '';
  for await (const piece of similarityTable.write(each(), names)) text += piece;
  return text;
}

const rating = (value: number): SimilarityRatingAnswer => ({ kind: 'rating', value });

describe('the table of ratings', () => {
  it('has mean, standard deviation, n, and every coder’s own rating', async () => {
    expect(await table(NAMES, exported('clue', 'hint', rating(4), rating(6)))).toBe(
      `word1\tword2\tPOS\tmean\tSD\tn\tAda\tBen\nclue\thint\tN\t5\t${Math.SQRT2}\t2\t4\t6\n`,
    );
  });

  it('writes a word not known as ?, a missing answer as nothing, and no deviation of one rating', async () => {
    const text = await table(
      NAMES,
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

  it.each([
    ['Ada', undefined, ['Ada', ben]],
    ['Ada', 'mean', ['Ada', 'mean (00000000)']],
    ['Ada', 'ada', [`Ada (${ada})`, `ada (${ben})`]],
    ['=1+1', 'Ben', ["'=1+1", 'Ben']],
  ])('is headed by names that tell columns apart: %s and %s', async (first, second, headings) => {
    const names = new Map([[ada, first], ...(second === undefined ? [] : [[ben, second] as const])]);
    const text = await table(names, exported('clue', 'hint', rating(4), rating(6)));
    expect(text.split('\n')[0]?.split('\t').slice(6)).toEqual(headings);
  });

  it('adds the beginning of the id to names that are alike, where that is enough', async () => {
    const [one, other] = ['1', '2'].map((digit) => memberIdSchema.parse(`${digit}${ada.slice(1)}`));
    if (one === undefined || other === undefined) throw new Error('two coders were expected');
    const { item, units } = exported('clue', 'hint', rating(4));
    const answer = rating(4);
    const readings = [{ key: '4', answer, coders: [one, other] }];
    const names = new Map([one, other].map((coder) => [coder, 'Ada']));
    const text = await table(names, { item, units: units.map((unit) => ({ ...unit, readings })) });
    expect(text.split('\n')[0]?.split('\t').slice(6)).toEqual(['Ada (10000000)', 'Ada (20000000)']);
  });
});
