import { describe, expect, it } from 'vitest';
import { chainsShown, wordsOf } from '../testing/spans.ts';
import type { Reading } from '../testing/streams.ts';
import { reading } from '../testing/streams.ts';

const read = (text: string): Promise<Reading> =>
  reading(text, { fileName: 'case.conllu', format: 'conll-u' });

/** Rows of form and MISC; ids count up, unless a row brings its own. */
function rows(cells: readonly (readonly [form: string, misc: string, id?: string])[]): string {
  let next = 1;
  return (
    cells
      .map(([form, misc, id]) => `${id ?? String(next++)}\t${form}\t_\t_\t_\t_\t_\t_\t_\t${misc}\n`)
      .join('') + '\n'
  );
}

describe('reading CoNLL-U', () => {
  it('reads mentions that nest, cross and stand alone', async () => {
    const { documents, refusals } = await read(
      '# newdoc id = case\n# global.Entity = eid-etype-head-other\n' +
        rows([
          ['The', 'Entity=(e1-person-4-'],
          ['maid', 'Entity=(e2-x-1-'],
          ['of', '_'],
          ['Ash', 'Entity=(e3-person-1-)e1)'],
          ['ran', 'Entity=e2)'],
        ]),
    );
    expect(refusals).toEqual([]);
    expect(documents.map(({ key, content }) => [key, chainsShown(content)])).toEqual([
      ['case', ['e1: [0,4)', 'e2: [1,5)', 'e3: [3,4)']],
    ]);
    expect(documents[0]?.content.mentions[0]).toEqual({
      id: 'm1',
      ranges: [[0, 4]],
      head: 3,
      attributes: { etype: 'person' },
    });
  });

  it('takes the fields of a bracket from the declaration, and the head from the smallest span', async () => {
    const { documents } = await read(
      '# newdoc id = case\n# global.Entity = GRP-etype-infstat-salience-centering-minspan-link-identity\n' +
        '1\tThe\t_\tDET\t_\t_\t3\tdet\t_\tEntity=(4-organization-new-nnsnn-cf1-2,3-sgl-Kells%2C_Inc-orporated\n' +
        '2\tKells\t_\tPROPN\t_\t_\t3\tcompound\t_\t_\n' +
        '3\tPress\t_\tPROPN\t_\t_\t0\troot\t_\tEntity=4)\n\n',
    );
    expect(documents[0]?.content.mentions).toEqual([
      {
        id: 'm1',
        ranges: [[0, 3]],
        head: 2,
        attributes: {
          etype: 'organization',
          infstat: 'new',
          salience: 'nnsnn',
          centering: 'cf1',
          minspan: '2,3',
          link: 'sgl',
          identity: 'Kells,_Inc-orporated',
        },
      },
    ]);
  });

  it('puts the parts of a discontinuous mention together', async () => {
    const { documents } = await read(
      rows([
        ['pick', 'Entity=(e1[1/2]-x-1-)'],
        ['her', 'Entity=(e2-x-1-)'],
        ['up', 'Entity=(e1[2/2]-x-1-'],
        ['now', 'Entity=e1[2/2])'],
      ]),
    );
    expect(documents[0]?.content.mentions.map(({ ranges }) => ranges)).toEqual([
      [
        [0, 1],
        [2, 4],
      ],
      [[1, 2]],
    ]);
  });

  it('joins parts that touch', async () => {
    const { documents } = await read(
      rows([
        ['a', 'Entity=(e1[1/2]-x-1-)'],
        ['b', 'Entity=(e1[2/2]-x-1-)'],
      ]),
    );
    expect(documents[0]?.content.mentions.map(({ ranges }) => ranges)).toEqual([[[0, 2]]]);
  });

  it('keeps empty nodes as tokens that the text does not hold', async () => {
    const { documents } = await read(
      rows([
        ['Viene', '_'],
        ['_', 'Entity=(e1-person-1-)', '1.1'],
        ['tarde', '_'],
      ]),
    );
    expect(documents[0]?.content.tokens).toEqual([
      { text: 'Viene' },
      { text: '_', empty: true, spaceAfter: false },
      { text: 'tarde' },
    ]);
    expect(documents[0]?.content.mentions.map(({ ranges }) => ranges)).toEqual([[[1, 2]]]);
  });

  it('reads spaces, also behind multiword tokens', async () => {
    const { documents } = await read(
      rows([
        ["Ash's", 'SpaceAfter=No', '1-2'],
        ['Ash', '_'],
        ["'s", '_'],
        ['.', '_'],
        ['No', 'SpaceAfter=No'],
        ['!', '_'],
      ]),
    );
    expect(
      documents[0]?.content.tokens
        .map(({ text, spaceAfter }) => text + (spaceAfter === false ? '' : ' '))
        .join(''),
    ).toBe("Ash's. No! ");
  });

  it('reads paragraphs, sentences, speakers and several documents', async () => {
    const { documents } = await read(
      `# newdoc id = one\n# newpar\n# speaker = Ash\n${rows([['Go', '_']])}${rows([['No', '_']])}# newpar id = p2\n${rows([['So', '_']])}# newdoc id = two\n${rows([['x', '_']])}`,
    );
    expect(documents.map(({ key }) => key)).toEqual(['one', 'two']);
    expect(documents[0]?.content).toMatchObject({
      sentences: [
        [0, 1],
        [1, 2],
        [2, 3],
      ],
      paragraphs: [
        [0, 2],
        [2, 3],
      ],
      speakers: ['Ash', null, null],
    });
  });

  it('is one document, named after the file, without newdoc', async () => {
    const { documents } = await read(rows([['x', '_']]));
    expect(documents.map(({ key }) => key)).toEqual(['case']);
  });

  it('turns bridging and split antecedents into links between mentions', async () => {
    const { documents } = await read(
      rows([
        ['Ash', 'Entity=(e1-p-1-)'],
        ['met', '_'],
        ['Ben', 'Entity=(e2-p-1-)'],
        ['.', '_'],
        ['Ash', 'Entity=(e1-p-1-)'],
      ]) +
        rows([
          ['They', 'Entity=(e3-p-1-)|SplitAnte=e1<e3,e2<e3'],
          ['took', '_'],
          ['doors', 'Bridge=e4<e5:part,e1<e5|Entity=(e5-x-1-)'],
          ['home', 'Entity=(e4-x-1-)'],
        ]),
    );
    expect(documents[0]?.content.links).toEqual([
      { kind: 'split-antecedent', from: 'm4', to: ['m3', 'm2'] },
      { kind: 'bridging', from: 'm5', to: ['m6'], relation: 'part' },
      { kind: 'bridging', from: 'm5', to: ['m3'] },
    ]);
  });

  it('passes over a relation to nothing, and says so', async () => {
    const { documents } = await read(rows([['Ash', 'Bridge=e9<e1|Entity=(e1-p-1-)']]));
    expect(documents[0]?.content.links).toBeUndefined();
    expect(documents[0]?.remarks).toMatchObject([{ line: 1 }]);
  });

  it('keeps the other columns as attributes of the token', async () => {
    const { documents } = await read(
      '1\truns\trun\tVERB\tVBZ\tTense=Pres\t0\troot\t0:root\tEntity=(e1-x-1-)|Gloss=goes\n\n',
    );
    expect(documents[0]?.content.tokens).toEqual([
      {
        text: 'runs',
        lemma: 'run',
        partOfSpeech: 'VERB',
        attributes: {
          xpos: 'VBZ',
          feats: 'Tense=Pres',
          head: '0',
          deprel: 'root',
          deps: '0:root',
          misc: 'Gloss=goes',
        },
      },
    ]);
  });

  it.each([
    [
      'a bracket never closed',
      rows([['a', 'Entity=(e1-x-1-']]),
      { line: 2, column: 26, reason: 'the bracket "(e1" is never closed' },
    ],
    ['a bracket never opened', rows([['a', 'SpaceAfter=No|Entity=e1)']]), { line: 2, column: 40 }],
    [
      'a part missing',
      rows([['a', 'Entity=(e1[1/2]-x-1-)']]),
      { line: 2, column: 26, reason: 'a mention of "e1" has 1 of its 2 parts' },
    ],
    ['a part out of turn', rows([['a', 'Entity=(e1[2/2]-x-1-)']]), { line: 2, column: 26 }],
    ['a malformed part', rows([['a', 'Entity=(e1[3/2]-x-1-)']]), { line: 2, column: 26 }],
    ['a malformed relation', rows([['a', 'Bridge=e1']]), { line: 2, column: 26 }],
    [
      'nine columns',
      '1\ta\t_\t_\t_\t_\t_\t_\t_\n\n',
      { line: 2, column: 1, reason: 'the row has 9 columns' },
    ],
    ['no id', rows([['a', '_', 'x']]), { line: 2, column: 1, reason: '"x" is no token id' }],
    ['no form', rows([['', '_']]), { line: 2, column: 3, reason: 'the form is empty' }],
    ['no tokens', '', { line: 1, column: 1, reason: 'the document has no tokens' }],
    ['NUL', rows([['a\0', '_']]), { line: 2, column: 4 }],
  ])('refuses a document with %s, by its place, and reads the next', async (_, text, refusal) => {
    const { documents, refusals } = await read(
      `# newdoc id = bad\n${text}# newdoc id = good\n${rows([['a', 'Entity=(e1-x-1-)']])}`,
    );
    expect(refusals).toMatchObject([{ file: 'case.conllu', ...refusal }]);
    expect(documents.map(({ key, content }) => [key, wordsOf(content)])).toEqual([['good', ['a']]]);
  });

  it('blames a broken comment on the document it heads', async () => {
    const bytes = new TextEncoder().encode(
      `# newdoc id = one\n${rows([['a', '_']])}# text = X\n# newdoc id = two\n${rows([['b', '_']])}# newdoc id = three\n${rows([['c', '_']])}`,
    );
    bytes[bytes.indexOf(0x58)] = 0xff;
    const { documents, refusals } = await reading(bytes, { fileName: 'case.conllu' });
    expect(documents.map(({ key }) => key)).toEqual(['one', 'three']);
    expect(refusals).toMatchObject([{ line: 4, column: 10 }]);
  });
});
