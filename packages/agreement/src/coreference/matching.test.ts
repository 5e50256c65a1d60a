import { expect, test } from 'vitest';
import type { MentionSpan } from './mention.ts';
import { scoreCoreference } from './score-documents.ts';

function span(start: number, end: number, extra: Partial<MentionSpan> = {}): MentionSpan {
  return { ranges: [[start, end]], ...extra };
}

test('exact matching wants the same tokens', () => {
  const { mentions } = scoreCoreference([{ key: [[span(0, 3)]], response: [[span(0, 2)]] }]);
  expect(mentions.f1).toBe(0);
});

test('head matching accepts other boundaries around the same head, the exact mention first', () => {
  const key = [[span(0, 3, { head: 1 }), span(5, 7, { head: 6 })]];
  const response = [[span(0, 2, { head: 1 }), span(0, 3, { head: 1 }), span(6, 7, { head: 6 })]];
  const { mentions, muc } = scoreCoreference([{ key, response }], { match: 'head' });
  expect(mentions).toMatchObject({ recall: 1, precision: 2 / 3 });
  expect(muc).toMatchObject({ recall: 1, precision: 1 / 2 });
});

test('a minimum span on one side is held by the other, within the full mention', () => {
  const key = [[span(0, 5, { minSpan: [[2, 3]] }), span(8, 9)]];
  const scored = (start: number, end: number) =>
    scoreCoreference([{ key, response: [[span(start, end), span(8, 9)]] }], { match: 'min-span' }).mentions
      .recall;
  expect(scored(2, 4)).toBe(1);
  expect(scored(3, 5)).toBe(1 / 2);
  expect(scored(2, 6)).toBe(1 / 2);
});

test('two minimum spans match where they are equal', () => {
  const key = [[span(0, 5, { minSpan: [[2, 3]] })]];
  const response = [[span(2, 9, { minSpan: [[2, 3]] })]];
  expect(scoreCoreference([{ key, response }], { match: 'min-span' }).mentions.f1).toBe(1);
});

test('what matching needs and a mention lacks is named', () => {
  const documents = [{ id: 'd1', key: [['a']], response: [['b']] }];
  expect(() => scoreCoreference(documents, { match: 'head' })).toThrow(
    "d1, key: mention 'a' is only a name; head matching needs its ranges",
  );
  expect(() =>
    scoreCoreference([{ id: 'd1', key: [[span(0, 1)]], response: [] }], { match: 'head' }),
  ).toThrow('d1, key: mention 0-1 has no head');
});
