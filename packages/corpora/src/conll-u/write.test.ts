import type { DocumentContent } from '@casebook/contracts';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { arbitraryContent } from '../testing/arbitrary-content.ts';
import { reading } from '../testing/streams.ts';
import { writeConllU } from './write.ts';

/** Many runs each, on machines that do other things too. */
vi.setConfig({ testTimeout: 60_000 });

const small: DocumentContent = {
  tokens: [
    { text: 'Ash', spaceAfter: false, attributes: { multiword: "2 Ash's", deprel: 'nmod' } },
    { text: "'s", lemma: 'be', partOfSpeech: 'AUX', spaceAfter: false },
    { text: '_', empty: true, spaceAfter: false },
    { text: '!' },
  ],
  sentences: [
    [0, 3],
    [3, 4],
  ],
  paragraphs: [
    [0, 3],
    [3, 4],
  ],
  speakers: ['Ash', null],
  mentions: [
    {
      id: 'm1',
      ranges: [
        [0, 1],
        [2, 3],
      ],
    },
    { id: 'm2', ranges: [[0, 1]], head: 0, attributes: { etype: 'person', infstat: 'giv:act' } },
    { id: 'm3', ranges: [[2, 3]] },
  ],
  chains: [
    { id: '2', mentions: ['m1'] },
    { id: 'e-1', mentions: ['m2', 'm3'] },
  ],
  links: [{ kind: 'bridging', from: 'm3', to: ['m1'], relation: 'part' }],
};

describe('writing CoNLL-U', () => {
  it('writes comments, rows, multiword tokens, empty nodes and entities', () => {
    const { text, lost } = writeConllU({ key: 'tale', content: small });
    expect(lost).toEqual([]);
    expect(text).toBe(
      '# newdoc id = tale\n# global.Entity = eid-etype-head-infstat-other\n# newpar\n# speaker = Ash\n# sent_id = tale-1\n' +
        "1-2\tAsh's\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n" +
        '1\tAsh\t_\t_\t_\t_\t_\tnmod\t_\tEntity=(2[1/2]----)(e%2D1-person-1-giv:act-)\n' +
        "2\t's\tbe\tAUX\t_\t_\t_\t_\t_\t_\n" +
        '2.1\t_\t_\t_\t_\t_\t_\t_\t_\tEntity=(2[2/2]----)(e%2D1----)|Bridge=2<e%2D1:part\n' +
        '\n# newpar\n# sent_id = tale-2\n1\t!\t_\t_\t_\t_\t_\t_\t_\t_\n\n',
    );
  });

  it('brings all of it back', async () => {
    const { documents } = await reading(writeConllU({ key: 'tale', content: small }).text, {
      fileName: 'tale.conllu',
    });
    expect(documents.map(({ content }) => content)).toEqual([small]);
  });

  it('lists what it can not hold', () => {
    const content: DocumentContent = {
      ...small,
      mentions: [
        { id: 'm1', ranges: [[0, 2]], head: 3, attributes: { head: 'x' } },
        { id: 'm2', ranges: [[1, 3]] },
        { id: 'm3', ranges: [[2, 3]] },
      ],
      chains: [{ id: '1', mentions: ['m1', 'm2'] }],
      links: [{ kind: 'property', from: 'm1', to: ['m3'] }],
      paragraphs: [
        [0, 1],
        [1, 4],
      ],
      language: 'en',
    };
    expect(writeConllU({ key: 'd', content }).lost).toEqual([
      '1 attribute of a mention is left out, since its name can be no field',
      '1 mention in no chain is written as a chain of its own',
      '1 mention that crosses another of its chain is left out',
      '1 property is left out',
      '1 head outside its mention is left out',
      '1 paragraph that begins inside a sentence is left out',
      'the language is left out',
    ]);
  });

  it('comes back unchanged where nothing is reported lost', async () => {
    const value = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 5 })
      .filter((text) => !/\0/u.test(text));
    const dressed = fc
      .tuple(
        arbitraryContent({ discontinuous: true }),
        fc.array(fc.record({ etype: value, infstat: value, other: value }), { maxLength: 12 }),
        fc.array(fc.boolean(), { maxLength: 24 }),
      )
      .map(([content, attributes, spaces]): DocumentContent => ({
        ...content,
        tokens: content.tokens.map((token, index) =>
          spaces[index] === true ? { ...token, spaceAfter: false } : token,
        ),
        mentions: content.mentions.map((mention, index) => {
          const own = attributes[index];
          return own === undefined
            ? mention
            : { ...mention, head: mention.ranges.at(-1)?.[0] ?? 0, attributes: own };
        }),
      }));
    let whole = 0;
    await fc.assert(
      fc.asyncProperty(dressed, async (content) => {
        const { text, lost } = writeConllU({ key: 'd', content });
        const { documents, refusals } = await reading(text, { fileName: 'd.conllu' });
        expect(refusals).toEqual([]);
        if (lost.length > 0) return;
        whole += 1;
        expect(documents.map((document) => withoutLineOrder(document.content))).toEqual([
          withoutLineOrder(content),
        ]);
      }),
      { numRuns: 300 },
    );
    expect(whole).toBeGreaterThan(50);
  });
});

/** Mentions over the same tokens have no order among each other: compared by what they are. */
function withoutLineOrder(content: DocumentContent): unknown {
  const shown = new Map(
    content.mentions.map((mention) => [
      mention.id,
      JSON.stringify({ ...mention, id: '', attributes: Object.entries(mention.attributes ?? {}).sort() }),
    ]),
  );
  return {
    ...content,
    mentions: [...shown.values()].sort(),
    chains: content.chains
      .map((chain) => ({ id: chain.id, mentions: chain.mentions.map((id) => shown.get(id)).sort() }))
      .sort((one, other) => (one.id < other.id ? -1 : 1)),
  };
}
