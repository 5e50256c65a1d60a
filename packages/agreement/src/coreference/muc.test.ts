import { expect, test } from 'vitest';
import { scoreCoreference } from './score-documents.ts';
import { entities } from './testing/braces.ts';

function muc(key: string, response: string): readonly [number, number] {
  const { muc: score } = scoreCoreference([{ key: entities(key), response: entities(response) }], {
    metrics: ['muc'],
  });
  return [score?.recall ?? -1, score?.precision ?? -1];
}

// Vilain, Burger, Aberdeen, Connolly & Hirschman 1995, §§ 2–4, all of its examples.
test.each([
  ['one link is missing', '{abcd}', '{ab} {cd}', 2 / 3, 1],
  ['one link too many', '{ab} {cd}', '{abcd}', 1, 2 / 3],
  ['the same entity by other links', '{abcd}', '{abcd}', 1, 1],
  ['a mention is missing', '{abc}', '{ac}', 1 / 2, 1],
  ['mentions that the key lacks', '{bcdeghj}', '{abc} {def} {ghi}', 3 / 6, 3 / 6],
  ['two entities', '{abc} {defg}', '{ab} {cd} {fgh}', 2 / 5, 2 / 4],
])('%s', (_, key, response, recall, precision) => {
  const [ownRecall, ownPrecision] = muc(key, response);
  expect(ownRecall).toBeCloseTo(recall, 12);
  expect(ownPrecision).toBeCloseTo(precision, 12);
});

test('without a link on either side the score is 0 and says so', () => {
  const { muc: score } = scoreCoreference([{ key: entities('{a} {b}'), response: entities('{a} {b}') }]);
  expect(score).toMatchObject({ f1: 0, reason: 'the key and the response held no links; 0 by convention' });
});
