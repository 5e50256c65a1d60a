import { textOfMention } from '@casebook/contracts';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { arbitraryContent } from '../testing/arbitrary-content.ts';
import { reading } from '../testing/streams.ts';
import { chainsInText, denseText } from '../testing/text-spans.ts';
import { writeSacr } from './write.ts';

/** Many runs each, on machines that do other things too. */
vi.setConfig({ testTimeout: 60_000 });

const read = (text: string): ReturnType<typeof reading> => reading(text, { fileName: 'case.sacr' });

describe('SACR', () => {
  it('reads mentions within mentions, their properties, title, id and speakers', async () => {
    const { documents, refusals } = await read(
      '#title:The Case\n#textid:case-1\n\n{Ash:type="a \\"b\\"",n="1" The maid of {Vale:n="2" Mr. Vale}} ran\nhome.\n\n#speaker:Vale\n{Vale I} saw.\n#COLOR:Ash=red\n',
    );
    expect(refusals).toEqual([]);
    expect(documents).toMatchObject([
      { key: 'case-1', name: 'The Case', content: { speakers: [null, 'Vale'] } },
    ]);
    const content = documents[0]?.content;
    expect(
      content?.mentions.map((mention) => [textOfMention(content.tokens, mention), mention.attributes]),
    ).toEqual([
      ['The maid of Mr. Vale', { type: 'a "b"', n: '1' }],
      ['Mr. Vale', { n: '2' }],
      ['I', undefined],
    ]);
    expect(content?.chains.map(({ id, mentions }) => [id, mentions.length])).toEqual([
      ['Ash', 1],
      ['Vale', 2],
    ]);
  });

  it.each([
    ['a brace never closed', 'He saw\n{Ash her', { line: 2, column: 1, reason: 'a brace is never closed' }],
    ['a brace never opened', 'He} saw', { line: 1, column: 3 }],
    ['a mention without a name', '{ her}', { line: 1, column: 1 }],
    ['a malformed property', '{Ash:n=1 her}', { line: 1, column: 1 }],
    ['a mention without words', '{Ash:n="1"  }', { line: 1, column: 1 }],
  ])('refuses %s', async (_, text, refusal) => {
    const { refusals } = await read(text);
    expect(refusals).toMatchObject([refusal]);
  });

  it('brings text and nesting chains back, and says which mentions it left out', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryContent({ discontinuous: false }), async (content) => {
        const { text, lost } = writeSacr({ key: 'd', content });
        const { documents, refusals } = await reading(text, { fileName: 'd.sacr', format: 'sacr' });
        expect(refusals).toEqual([]);
        expect(documents.map((document) => denseText(document.content))).toEqual([
          denseText(content).replace(/\{/gu, '(').replace(/\}/gu, ')'),
        ]);
        const left = lost
          .flatMap((sentence) => /^(\d+) mentions? that cross/u.exec(sentence)?.[1] ?? [])
          .map(Number);
        const kept = documents[0]?.content.mentions.length ?? 0;
        expect(kept + (left[0] ?? 0)).toBe(content.mentions.length);
        if (left.length === 0)
          expect(documents.map((document) => chainsInText(document.content))).toEqual([
            chainsInText(content),
          ]);
      }),
    );
  });
});
