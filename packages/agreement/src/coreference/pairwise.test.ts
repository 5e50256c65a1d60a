import { expect, test } from 'vitest';
import { pairwiseCoreference } from './pairwise.ts';

const documents = [
  {
    id: 'one',
    coders: new Map([
      ['ann', [['a', 'b', 'c']]],
      ['bob', [['a', 'b'], ['c']]],
    ]),
  },
  {
    id: 'two',
    coders: new Map([
      ['bob', [['x', 'y']]],
      ['cy', [['x', 'y']]],
    ]),
  },
];

test('scores every two coders on the documents that both annotated', () => {
  const pairs = pairwiseCoreference(documents);
  expect(pairs.map(({ key, response, documents: shared }) => [key, response, shared])).toEqual([
    ['ann', 'bob', 1],
    ['ann', 'cy', 0],
    ['bob', 'cy', 1],
  ]);
  expect(pairs[0]?.report?.muc).toMatchObject({ recall: 1 / 2, precision: 1 });
  expect(pairs[2]?.report?.muc?.f1).toBe(1);
});

test('coders without a common document have no score, and the reason is given', () => {
  expect(pairwiseCoreference(documents)[1]).toMatchObject({
    report: null,
    reason: 'the two coders share no document',
  });
});

test('one coder is refused', () => {
  expect(() => pairwiseCoreference([{ coders: new Map([['ann', []]]) }])).toThrow(
    'there are 1 coders; expected two',
  );
});
