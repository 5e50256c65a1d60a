import { expect, test } from 'vitest';
import type { MentionSpan } from './mention.ts';
import { scoreCoreference } from './score-documents.ts';
import { entities } from './testing/braces.ts';

// Case A-13 of the reference scorers: {a} {bc} {def} against {axycdez}.
test('identification of mentions counts those of each side', () => {
  const { mentions } = scoreCoreference([
    { key: entities('{a} {bc} {def}'), response: entities('{axycdez}') },
  ]);
  expect(mentions).toMatchObject({ recall: 4 / 6, precision: 4 / 7 });
});

test('the overlap ratio pairs mentions and counts the tokens that they share', () => {
  const span = (start: number, end: number): MentionSpan => ({ ranges: [[start, end]] });
  const key = [[span(0, 2)], [span(3, 7), span(9, 10)], [span(11, 13), span(14, 15), span(16, 19)]];
  const response = [
    [span(0, 2), span(3, 5), span(7, 8), span(9, 10), span(11, 13), span(14, 15), span(16, 17)],
  ];
  expect(scoreCoreference([{ key, response }]).mentionOverlap).toMatchObject({
    recall: 9 / 13,
    precision: 9 / 10,
  });
});

test('mentions that are only names have no overlap ratio', () => {
  expect(scoreCoreference([{ key: [['a']], response: [['a']] }]).mentionOverlap).toBeNull();
});
