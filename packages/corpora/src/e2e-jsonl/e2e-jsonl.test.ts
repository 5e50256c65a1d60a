import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { arbitraryContent } from '../testing/arbitrary-content.ts';
import { chainsShown, wordsOf } from '../testing/spans.ts';
import { reading } from '../testing/streams.ts';
import { writeE2eJsonl } from './write.ts';

/** Many runs each, on machines that do other things too. */
vi.setConfig({ testTimeout: 60_000 });

const line = (object: unknown): string => `${JSON.stringify(object)}\n`;
const read = (text: string): ReturnType<typeof reading> => reading(text, { fileName: 'case.jsonl' });

describe('JSONL of end-to-end systems', () => {
  it('reads sentences, speakers, paragraphs and clusters of inclusive spans', async () => {
    const { documents, refusals } = await read(
      line({
        doc_key: 'd',
        sentences: [
          ['Ash', 'ran', '.'],
          ['He', 'fell'],
        ],
        speakers: [
          ['A', 'A', 'A'],
          ['_', '_'],
        ],
        paragraphs: [
          [0, 2],
          [3, 4],
        ],
        clusters: [
          [
            [0, 0],
            [3, 3],
          ],
        ],
      }),
    );
    expect(refusals).toEqual([]);
    expect(documents.map(({ key, content }) => [key, chainsShown(content)])).toEqual([
      ['d', ['0: [0,1) [3,4)']],
    ]);
    expect(documents[0]?.content).toMatchObject({
      sentences: [
        [0, 3],
        [3, 5],
      ],
      paragraphs: [
        [0, 3],
        [3, 5],
      ],
      speakers: ['A', null],
    });
  });

  it.each([
    ['no JSON', '{"doc_key": "d", ]', 'the line is no JSON'],
    ['another thing than an object', '[1]', 'the line is JSON, but no object'],
    ['no key', line({ sentences: [['a']], clusters: [] }), 'the object has no "doc_key"'],
    [
      'no sentences',
      line({ doc_key: 'd', sentences: 'a b', clusters: [] }),
      '"sentences" is no list of lists of words',
    ],
    [
      'an empty word',
      line({ doc_key: 'd', sentences: [['']], clusters: [] }),
      'sentence 0 holds an empty word',
    ],
    [
      'a span beyond the text',
      line({ doc_key: 'd', sentences: [['a']], clusters: [[[0, 1]]] }),
      'cluster 0 holds "[0,1]"',
    ],
    [
      'a span backwards',
      line({ doc_key: 'd', sentences: [['a', 'b']], clusters: [[[1, 0]]] }),
      'cluster 0 holds "[1,0]"',
    ],
    [
      'a lone surrogate',
      '{"doc_key":"d","sentences":[["\\ud800"]],"clusters":[]}\n',
      'a string holds a lone surrogate or NUL',
    ],
    ['no tokens', line({ doc_key: 'd', sentences: [], clusters: [] }), 'the document has no tokens'],
  ])('refuses a line with %s and reads the next', async (_, bad, reason) => {
    const good = line({ doc_key: 'good', sentences: [['a']], clusters: [] });
    const { documents, refusals } = await reading(`${bad.trimEnd()}\n${good}`, {
      fileName: 'case.jsonl',
      format: 'e2e-jsonl',
    });
    expect(refusals).toMatchObject([{ file: 'case.jsonl', line: 1, reason }]);
    expect(documents.map(({ key }) => key)).toEqual(['good']);
  });

  it('is not troubled by brackets nested a hundred thousand deep', async () => {
    const deep = `{"doc_key":"d","sentences":${'['.repeat(100_000)}${']'.repeat(100_000)}}\n`;
    const { refusals } = await read(deep);
    expect(refusals).toHaveLength(1);
  });

  it('comes back unchanged', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryContent({ discontinuous: false }), async (content) => {
        const { documents, refusals } = await read(writeE2eJsonl({ key: 'd', content }).text);
        expect(refusals).toEqual([]);
        const spans = (shown: readonly string[]): string[] =>
          shown.map((chain) => chain.replace(/^.*?: /u, '')).sort();
        expect(
          documents.map((document) => [
            wordsOf(document.content),
            document.content.sentences,
            document.content.paragraphs,
          ]),
        ).toEqual([[wordsOf(content), content.sentences, content.paragraphs]]);
        expect(documents.map((document) => spans(chainsShown(document.content)))).toEqual([
          spans(chainsShown(content)),
        ]);
      }),
    );
  });
});
