import { describe, expect, it } from 'vitest';
import { chainsShown } from '../testing/spans.ts';
import { reading } from '../testing/streams.ts';

const COLUMNS = '# global.columns = ID FORM LEMMA UPOS XPOS FEATS HEAD DEPREL DEPS MISC IDENTITY BRIDGING\n';
const rows = (cells: readonly (readonly [string, string])[]): string =>
  cells
    .map(([form, identity], index) => `${index + 1}  ${form}  ${'_  '.repeat(8)}${identity}  _\n`)
    .join('');
const read = (text: string): ReturnType<typeof reading> => reading(COLUMNS + text, { fileName: 'case.sys' });

describe('CoNLL-UA', () => {
  it('reads nested mentions, and elements of plural entities as split antecedents', async () => {
    const { documents, refusals } = await read(
      `# newdoc id = d\n${rows([
        ['Ada', '(EntityID=1|MarkableID=a|ElementOf=3)'],
        ['met', '_'],
        ['her', '(EntityID=2|MarkableID=b|ElementOf=3(EntityID=1|MarkableID=c)'],
        ['aunt', ')'],
      ])}\n${rows([['They', '(EntityID=3|MarkableID=d|SemType=dn)']])}`,
    );
    expect(refusals).toEqual([]);
    expect(documents.map(({ key, content }) => [key, chainsShown(content)])).toEqual([
      ['d', ['1: [0,1) [2,3)', '2: [2,4)', '3: [4,5)']],
    ]);
    expect(documents[0]?.content.links).toEqual([{ kind: 'split-antecedent', from: 'm4', to: ['m1', 'm2'] }]);
    expect(documents[0]?.content.mentions[3]?.attributes).toEqual({ SemType: 'dn', MarkableID: 'd' });
  });

  it.each([
    ['a bracket never closed', rows([['a', '(EntityID=1']]), { line: 3, column: 31 }],
    ['a bracket never opened', rows([['a', ')']]), { line: 3, column: 31 }],
    ['a bracket without its entity', rows([['a', '(SemType=dn)']]), { line: 3, column: 31 }],
    ['too few columns', '1 a _\n', { line: 3, reason: 'the row has 3 columns' }],
  ])('refuses a document with %s and reads the next', async (_, text, refusal) => {
    const { documents, refusals } = await read(
      `# newdoc id = bad\n${text}\n# newdoc id = good\n${rows([['a', '_']])}`,
    );
    expect(refusals).toMatchObject([refusal]);
    expect(documents.map(({ key }) => key)).toEqual(['good']);
  });
});
