import type { DocumentContent } from '@casebook/contracts';
import { textOfMention } from '@casebook/contracts';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { ReadDocument, Refusal } from '../events.ts';
import { arbitraryContent } from '../testing/arbitrary-content.ts';
import { collected, streamOf } from '../testing/streams.ts';
import { chainsInText, denseText } from '../testing/text-spans.ts';
import { readBrat } from './read.ts';
import { writeBrat } from './write.ts';

/** Many runs each, on machines that do other things too. */
vi.setConfig({ testTimeout: 60_000 });

async function read(
  text: string,
  annotations: string,
): Promise<{ documents: ReadDocument[]; refusals: Refusal[] }> {
  const events = await collected(
    readBrat(
      { fileName: 'case.txt', bytes: streamOf(text) },
      { fileName: 'case.ann', bytes: streamOf(annotations) },
    ),
  );
  return {
    documents: events.flatMap((event) => (event.kind === 'document' ? [event.document] : [])),
    refusals: events.flatMap((event) => (event.kind === 'refused' ? [event.refusal] : [])),
  };
}

const mentionsOf = (content: DocumentContent | undefined): string[] =>
  content?.mentions.map((mention) => `${mention.id} ${textOfMention(content.tokens, mention)}`) ?? [];

describe('brat standoff', () => {
  it('reads spans by code points, discontinuous ones too, and ends tokens where they end', async () => {
    const { documents, refusals } = await read(
      '😀 Ash picked her overcoat up.\n\nShe ran.\n',
      'T1\tPER 2 5\tAsh\nT2\tMention 6 12;26 28\tpicked up\nT3\tGarment 17 21\tover\n',
    );
    expect(refusals).toEqual([]);
    expect(
      documents.map(({ key, content }) => [key, mentionsOf(content), content.paragraphs.length]),
    ).toEqual([['case', ['T1 Ash', 'T2 picked … up', 'T3 over'], 2]]);
    expect(documents[0]?.content.mentions[0]?.attributes).toEqual({ etype: 'PER' });
  });

  it('makes chains of equivalences and relations of coreference, links of others', async () => {
    const text = 'Ash met Ben. He saw them. The door shut.\n';
    const { documents } = await read(
      text,
      'T1\tP 0 3\tAsh\nT2\tP 8 11\tBen\nT3\tP 13 15\tHe\nT4\tP 20 24\tthem\nT5\tX 26 34\tThe door\n*\tCoref T1 T3\nR1\tSplitAntecedent Arg1:T4 Arg2:T1\nR2\tSplitAntecedent Arg1:T4 Arg2:T2\nR3\tBridging-part Arg1:T5 Arg2:T2\nA1\tChain T2 ben\nA2\tGeneric T5\nE1\tP:T1\n',
    );
    expect(documents[0]?.content.chains).toEqual([
      { id: '0', mentions: ['T1', 'T3'] },
      { id: 'ben', mentions: ['T2'] },
    ]);
    expect(documents[0]?.content.links).toEqual([
      { kind: 'split-antecedent', from: 'T4', to: ['T1', 'T2'] },
      { kind: 'bridging', from: 'T5', to: ['T2'], relation: 'part' },
    ]);
    expect(documents[0]?.content.mentions.at(-1)?.attributes).toEqual({ etype: 'X', Generic: 'true' });
    expect(documents[0]?.remarks).toHaveLength(1);
  });

  it.each([
    [
      'offsets beyond the text',
      'T1\tP 0 99\tAsh',
      'the span "T1" reaches to 99, but the text has 9 characters',
    ],
    [
      'a text that is not there',
      'T1\tP 0 3\tBen',
      'the text of the span "T1" is "Ben", but at its offsets stands "Ash"',
    ],
    ['white space alone', 'T1\tP 3 4\t ', 'the span "T1" falls on white space'],
    ['malformed offsets', 'T1\tP 3\tAsh', 'the annotation is malformed'],
    ['an unknown line', 'hello', 'the annotation is malformed'],
    ['a relation to nothing', 'R1\tCoref Arg1:T1 Arg2:T9', '"T1" is named, but is no span of this file'],
    ['an id twice', 'T1\tP 0 3\tAsh\nT1\tP 0 3\tAsh', 'two spans are named "T1"'],
  ])('refuses %s', async (_, annotations, reason) => {
    const { documents, refusals } = await read('Ash ran.\n', `${annotations}\n`);
    expect(documents).toEqual([]);
    expect(refusals).toMatchObject([{ file: 'case.ann', reason }]);
  });

  it('writes text, spans, names of chains and equivalences', () => {
    const content: DocumentContent = {
      tokens: [
        { text: '😀' },
        { text: 'Ash' },
        { text: 'ran', spaceAfter: false },
        { text: '.' },
        { text: 'He' },
        { text: 'fell' },
      ],
      sentences: [
        [0, 4],
        [4, 6],
      ],
      paragraphs: [[0, 6]],
      mentions: [
        { id: 'm1', ranges: [[1, 2]], attributes: { etype: 'PER', infstat: 'new' } },
        { id: 'm2', ranges: [[3, 5]] },
      ],
      chains: [{ id: 'ash', mentions: ['m1', 'm2'] }],
    };
    const { text, annotations } = writeBrat({ key: 'd', content });
    expect(text).toBe('😀 Ash ran.\nHe fell\n');
    expect(annotations).toBe(
      'T1\tPER 2 5\tAsh\nT2\tMention 9 10;11 13\t. He\nA1\tChain T1 ash\nA2\tChain T2 ash\nA3\tinfstat T1 new\n*\tCoref T1 T2\n',
    );
  });

  it('brings text and chains back', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryContent({ discontinuous: true }), async (content) => {
        const { text, annotations } = writeBrat({ key: 'd', content });
        const { documents, refusals } = await read(text, annotations);
        expect(refusals).toEqual([]);
        expect(
          documents.map((document) => [denseText(document.content), chainsInText(document.content)]),
        ).toEqual([[denseText(content), chainsInText(content)]]);
      }),
    );
  });
});
