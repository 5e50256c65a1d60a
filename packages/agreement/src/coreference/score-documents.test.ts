import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COREFERENCE_METRICS, scoreCoreference } from './score-documents.ts';

/** A partition of some of the mentions m0 … m9, as entity numbers by mention, −1 where the mention is left out. */
const sides = fc.array(fc.integer({ min: -1, max: 4 }), { minLength: 10, maxLength: 10 });

function chains(entityOf: readonly number[], rename = (mention: number) => `m${mention}`): string[][] {
  const byEntity = new Map<number, string[]>();
  for (const [mention, entity] of entityOf.entries()) {
    if (entity < 0) continue;
    byEntity.set(entity, [...(byEntity.get(entity) ?? []), rename(mention)]);
  }
  return [...byEntity.values()];
}

describe.each(COREFERENCE_METRICS)('%s', (metric) => {
  const score = (key: string[][], response: string[][]) => {
    const report = scoreCoreference([{ key, response }], { metrics: [metric] });
    const found = report[metric];
    if (found === undefined) throw new Error(`${metric} was asked for and is missing`);
    return found;
  };

  test('stays within 0 and 1', () => {
    fc.assert(
      fc.property(sides, sides, (key, response) => {
        const { recall, precision, f1 } = score(chains(key), chains(response));
        for (const value of [recall, precision, f1]) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1 + 1e-12);
        }
      }),
    );
  });

  test('gives 1 to a perfect response that has something to count', () => {
    fc.assert(
      fc.property(sides, (key) => {
        const { f1, reason } = score(chains(key), chains(key));
        if (reason === null) expect(f1).toBeCloseTo(1, 12);
      }),
    );
  });

  test('exchanges recall and precision with the sides', () => {
    fc.assert(
      fc.property(sides, sides, (key, response) => {
        const forth = score(chains(key), chains(response));
        const back = score(chains(response), chains(key));
        // BLANC leaves out the kind of link that its key lacks, which is the one thing that is not symmetric.
        fc.pre(metric !== 'blanc' || (forth.reason === null && back.reason === null));
        expect(back.recall).toBeCloseTo(forth.precision, 12);
        expect(back.precision).toBeCloseTo(forth.recall, 12);
        expect(back.f1).toBeCloseTo(forth.f1, 12);
      }),
    );
  });

  test('does not depend on the order of entities and mentions, nor on their names', () => {
    fc.assert(
      fc.property(sides, sides, (key, response) => {
        const plain = score(chains(key), chains(response));
        const other = score(
          chains(key, (mention) => `z${9 - mention}`).reverse(),
          chains(response, (mention) => `z${9 - mention}`).map((entity) => entity.reverse()),
        );
        expect(other.f1).toBeCloseTo(plain.f1, 12);
        expect(other.recall).toBeCloseTo(plain.recall, 12);
      }),
    );
  });
});

const documents = [
  { id: 'one', key: [['a', 'b', 'c']], response: [['a', 'b'], ['c']] },
  {
    id: 'two',
    key: [
      ['a', 'b'],
      ['c', 'd'],
    ],
    response: [
      ['a', 'b'],
      ['c', 'd'],
    ],
  },
];

test('micro adds up numerators and denominators, macro averages documents', () => {
  expect(scoreCoreference(documents).muc).toMatchObject({ recall: 3 / 4, precision: 1 });
  expect(scoreCoreference(documents, { average: 'macro' }).muc).toMatchObject({
    recall: (1 / 2 + 1) / 2,
    precision: 1,
  });
});

test('macro leaves out a document that has nothing to count', () => {
  const more = [...documents, { id: 'three', key: [['a'], ['b']], response: [['a'], ['b']] }];
  expect(scoreCoreference(more, { average: 'macro' }).muc?.recall).toBe(3 / 4);
});

test('the CoNLL score is the mean F1 of MUC, B³ and CEAFe', () => {
  const { muc, bcub, ceafe, conll } = scoreCoreference(documents);
  expect(conll?.f1).toBeCloseTo(((muc?.f1 ?? 0) + (bcub?.f1 ?? 0) + (ceafe?.f1 ?? 0)) / 3, 12);
  expect(scoreCoreference(documents, { metrics: ['muc'] }).conll).toBeUndefined();
});

test('singletons are dropped on both sides alike', () => {
  const key = [['a', 'b'], ['c']];
  const response = [['a', 'b'], ['d']];
  const kept = scoreCoreference([{ key, response }]);
  const dropped = scoreCoreference([{ key, response }], { singletons: 'drop' });
  expect(kept.bcub?.f1).toBeCloseTo(2 / 3, 12);
  expect(dropped.bcub?.f1).toBe(1);
});

test('each document is scored by itself too', () => {
  const { perDocument } = scoreCoreference(documents);
  expect(perDocument.map(({ id, muc }) => [id, muc?.recall])).toEqual([
    ['one', 1 / 2],
    ['two', 1],
  ]);
});

test('reports progress and can be cancelled', () => {
  const shares: number[] = [];
  const controller = new AbortController();
  expect(() =>
    scoreCoreference(documents, {
      onProgress: (share) => {
        shares.push(share);
        controller.abort();
      },
      signal: controller.signal,
    }),
  ).toThrow();
  expect(shares).toEqual([1 / 2]);
});

test('no document is refused', () => {
  expect(() => scoreCoreference([])).toThrow('there is no document to score');
});
