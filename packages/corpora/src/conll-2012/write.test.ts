import type { DocumentContent } from '@casebook/contracts';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { arbitraryContent } from '../testing/arbitrary-content.ts';
import { chainsShown, wordsOf } from '../testing/spans.ts';
import { reading } from '../testing/streams.ts';
import { holdableSpans } from './spans.ts';
import { writeConll2012 } from './write.ts';

/** Many runs each, on machines that do other things too. */
vi.setConfig({ testTimeout: 60_000 });

const small: DocumentContent = {
  tokens: [{ text: 'Ash' }, { text: 'saw', lemma: 'see' }, { text: 'her' }, { text: 'cat' }],
  sentences: [[0, 4]],
  paragraphs: [[0, 4]],
  mentions: [
    { id: 'm1', ranges: [[0, 1]] },
    { id: 'm2', ranges: [[2, 4]] },
    { id: 'm3', ranges: [[2, 3]] },
  ],
  chains: [
    { id: '7', mentions: ['m1', 'm3'] },
    { id: '8', mentions: ['m2'] },
  ],
};

describe('writing CoNLL-2012', () => {
  it('writes frame, rows and brackets', () => {
    const { text, lost } = writeConll2012({ key: 'tale/part-2', content: small });
    expect(lost).toEqual([]);
    expect(text).toBe(
      '#begin document (tale); part 002\n' +
        'tale\t2\t0\tAsh\t-\t*\t-\t-\t-\t-\t*\t(7)\n' +
        'tale\t2\t1\tsaw\t-\t*\tsee\t-\t-\t-\t*\t-\n' +
        'tale\t2\t2\ther\t-\t*\t-\t-\t-\t-\t*\t(8|(7)\n' +
        'tale\t2\t3\tcat\t-\t*\t-\t-\t-\t-\t*\t8)\n' +
        '\n#end document\n',
    );
  });

  it('lists what it can not hold', () => {
    const content: DocumentContent = {
      ...small,
      tokens: [{ text: 'a b', spaceAfter: false }, ...small.tokens.slice(1)],
      mentions: [
        {
          id: 'm1',
          ranges: [
            [0, 1],
            [2, 3],
          ],
          head: 0,
        },
        { id: 'm2', ranges: [[1, 4]] },
        { id: 'm3', ranges: [[2, 3]] },
      ],
      chains: [{ id: 'a b', mentions: ['m1', 'm2'] }],
      links: [{ kind: 'bridging', from: 'm2', to: ['m1'] }],
      language: 'en',
    };
    const { text, lost } = writeConll2012({ key: 'd', content });
    expect(lost).toEqual([
      '1 mention in no chain is written as a chain of its own',
      '1 chain is renamed, since brackets, bars and spaces can stand in no name',
      '1 mention that crosses another of its chain is left out',
      '1 discontinuous mention is written as one span',
      '1 link other than identity is left out',
      '1 head is left out',
      'which words no space follows is left out',
      'the language is left out',
    ]);
    expect(text).toContain('\ta b\t');
  });

  it('comes back unchanged: words, sentences, and every chain that brackets can hold', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryContent({ discontinuous: false }), async (content) => {
        const { documents, refusals } = await reading(writeConll2012({ key: 'd', content }).text, {
          fileName: 'd.conll',
        });
        expect(refusals).toEqual([]);
        const [read] = documents;
        expect(read === undefined ? [] : wordsOf(read.content)).toEqual(wordsOf(content));
        expect(read?.content.sentences).toEqual(content.sentences);
        const holdable = new Set(
          holdableSpans(
            content.chains
              .flatMap((chain) => chain.mentions.map((id) => ({ id, chain: chain.id })))
              .flatMap(({ id, chain }) => {
                const [start, end] = content.mentions.find((mention) => mention.id === id)?.ranges[0] ?? [
                  0, 0,
                ];
                return [{ start, end, chain }];
              }),
          ).held.map(({ start, end, chain }) => `${chain}: [${start},${end})`),
        );
        const pairs = (shown: readonly string[]): string[] =>
          shown
            .flatMap(
              (line) =>
                line
                  .split(': ')[1]
                  ?.split(' ')
                  .map((span) => `${line.split(': ')[0] ?? ''}: ${span}`) ?? [],
            )
            .sort();
        expect(read === undefined ? [] : pairs(chainsShown(read.content))).toEqual(
          pairs(chainsShown(content)).filter((span) => holdable.has(span)),
        );
      }),
    );
  });
});
