import type { CoderAnswer, DocumentContent } from '@casebook/contracts';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { arbitraryContent } from '../testing/arbitrary-content.ts';
import { reading } from '../testing/streams.ts';
import { writeOwnJsonl } from './write.ts';

/** Many runs each, on machines that do other things too. */
vi.setConfig({ testTimeout: 60_000 });

const content: DocumentContent = {
  tokens: [{ text: 'Ash', spaceAfter: false, lemma: 'Ash' }, { text: '_', empty: true }, { text: 'ran' }],
  sentences: [[0, 3]],
  paragraphs: [[0, 3]],
  speakers: ['Ben'],
  language: 'en',
  mentions: [
    {
      id: 'a',
      ranges: [
        [0, 1],
        [2, 3],
      ],
      head: 0,
      attributes: { etype: 'person' },
    },
    { id: 'b', ranges: [[1, 2]] },
  ],
  chains: [{ id: 'ash', mentions: ['a'] }],
  links: [{ kind: 'bridging', from: 'b', to: ['a'], relation: 'part' }],
};
const answers: CoderAnswer[] = [
  { coder: 'ada', mention: 'a', answer: { kind: 'new' }, elapsedMs: 1200 },
  {
    coder: 'ada',
    mention: 'b',
    answer: { kind: 'old', antecedents: ['a'] },
    validation: 'agrees',
    comment: 'surely',
  },
];
const read = (text: string): ReturnType<typeof reading> => reading(text, { fileName: 'case.jsonl' });

describe('our own JSONL', () => {
  it('holds everything, answers of coders too', async () => {
    const { documents } = await read(writeOwnJsonl({ key: 'k', name: 'The Case', content, answers }).text);
    expect(documents).toEqual([{ key: 'k', name: 'The Case', content, answers, line: 1, remarks: [] }]);
  });

  it('comes back unchanged', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryContent({ discontinuous: true }), async (any) => {
        const { documents } = await read(writeOwnJsonl({ key: 'k', content: any }).text);
        expect(documents.map((document) => document.content)).toEqual([any]);
      }),
    );
  });

  it.each<[string, (line: { content: DocumentContent } & Record<string, unknown>) => unknown, string]>([
    ['another version', (line) => ({ ...line, casebook: 2 }), 'the line is of version "2"'],
    ['no key', (line) => ({ ...line, key: '' }), 'the line has no "key"'],
    [
      'a missing mention',
      (line) => ({ ...line, content: { ...line.content, chains: [{ id: 'x', mentions: ['z'] }] } }),
      'chain "x" names the mention "z", which is missing',
    ],
    [
      'a mention in two chains',
      (line) => ({
        ...line,
        content: {
          ...line.content,
          chains: [
            { id: 'x', mentions: ['a'] },
            { id: 'y', mentions: ['a'] },
          ],
        },
      }),
      'the mention "a" is in two chains',
    ],
    [
      'ranges beyond the text',
      (line) => ({ ...line, content: { ...line.content, mentions: [{ id: 'a', ranges: [[2, 9]] }] } }),
      'the ranges of mention "a" are out of order, touch, or leave the text',
    ],
    [
      'sentences with a gap',
      (line) => ({
        ...line,
        content: {
          ...line.content,
          sentences: [
            [0, 1],
            [2, 3],
          ],
        },
      }),
      'the sentences do not cover the tokens in order',
    ],
    [
      'an unknown field',
      (line) => ({ ...line, content: { ...line.content, extra: 1 } }),
      '"content" can\'t be read: Unrecognized key: "extra"',
    ],
    [
      'an answer on nothing',
      (line) => ({ ...line, answers: [{ coder: 'c', mention: 'z', answer: { kind: 'new' } }] }),
      'the mention "z" is named, but missing',
    ],
  ])('refuses a line with %s and reads the next', async (_, broken, reason) => {
    const line = { casebook: 1, key: 'k', name: 'k', content };
    const { documents, refusals } = await read(
      `${JSON.stringify(broken(line))}\n${writeOwnJsonl({ key: 'good', content }).text}`,
    );
    expect(refusals).toMatchObject([{ line: 1, reason }]);
    expect(documents.map(({ key }) => key)).toEqual(['good']);
  });
});
