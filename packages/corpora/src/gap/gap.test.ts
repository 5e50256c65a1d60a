import { textOfMention } from '@casebook/contracts';
import { describe, expect, it } from 'vitest';
import { reading } from '../testing/streams.ts';
import { GAP_HEADER, writeGap } from './write.ts';

const item = (...cells: string[]): string => `${cells.join('\t')}\n`;
const TEXT = '😀 Ada met Eve. She smiled.';
const row = item('i-1', TEXT, 'She', '15', 'Ada', '2', 'FALSE', 'Eve', '10', 'TRUE', 'http://x.y');
const read = (text: string): ReturnType<typeof reading> => reading(text, { fileName: 'case.tsv' });

describe('GAP', () => {
  it('reads an item as a document with three mentions, offsets in code points', async () => {
    const { documents, refusals } = await read(GAP_HEADER + row);
    expect(refusals).toEqual([]);
    const content = documents[0]?.content;
    expect(
      content?.mentions.map((mention) => [
        mention.attributes?.['role'],
        textOfMention(content.tokens, mention),
      ]),
    ).toEqual([
      ['A', 'Ada'],
      ['B', 'Eve'],
      ['Pronoun', 'She'],
    ]);
    expect(content?.chains).toEqual([
      { id: 'A', mentions: ['m1'] },
      { id: 'B', mentions: ['m2', 'm3'] },
    ]);
  });

  it('is written as it was read', async () => {
    const { documents } = await read(GAP_HEADER + row);
    expect(documents.map(({ key, content }) => writeGap({ key, content }))).toEqual([
      { text: row, lost: [] },
    ]);
  });

  it.each([
    [
      'an offset that does not fit',
      item('i', TEXT, 'She', '14', 'Ada', '2', 'FALSE', 'Eve', '10', 'TRUE', ''),
      { line: 2, column: 34, reason: 'at Pronoun-offset "14" the text has not "She"' },
    ],
    [
      'an offset that is none',
      item('i', TEXT, 'She', 'x', 'Ada', '2', 'FALSE', 'Eve', '10', 'TRUE', ''),
      { line: 2, column: 34 },
    ],
    [
      'no ID',
      item('', TEXT, 'She', '15', 'Ada', '2', 'FALSE', 'Eve', '10', 'TRUE', ''),
      { line: 2, column: 1 },
    ],
    ['too few cells', item('i', TEXT), { line: 2 }],
  ])('refuses an item with %s and reads the next', async (_, bad, refusal) => {
    const { documents, refusals } = await read(GAP_HEADER + bad + row);
    expect(refusals).toMatchObject([refusal]);
    expect(documents.map(({ key }) => key)).toEqual(['i-1']);
  });

  it('refuses a header that lacks columns, and a document that is no item', async () => {
    const { refusals } = await reading('ID\tText\n', { fileName: 'case.tsv', format: 'gap' });
    expect(refusals).toMatchObject([
      { line: 1, reason: 'the header lacks Pronoun, Pronoun-offset, A, A-offset, B, B-offset' },
    ]);
    const content = {
      tokens: [{ text: 'a' }],
      sentences: [[0, 1] as [number, number]],
      paragraphs: [[0, 1] as [number, number]],
      mentions: [],
      chains: [],
    };
    expect(writeGap({ key: 'd', content }).text).toBe('');
    expect(writeGap({ key: 'd', content }).lost).toHaveLength(1);
  });
});
