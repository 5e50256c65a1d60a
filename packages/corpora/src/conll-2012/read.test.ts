import { describe, expect, it } from 'vitest';
import { chainsShown, wordsOf } from '../testing/spans.ts';
import type { Reading } from '../testing/streams.ts';
import { reading } from '../testing/streams.ts';

const read = (text: string): Promise<Reading> =>
  reading(text, { fileName: 'case.conll', format: 'conll-2012' });

/** Twelve columns, as the shared task has them. */
function full(document: string, part: number, rows: readonly (readonly [string, string])[]): string {
  return (
    rows
      .map(([word, coref], index) =>
        [document, part, index, word, 'NN', '*', '-', '-', '-', '-', '*', coref].join('\t'),
      )
      .join('\n') + '\n'
  );
}

describe('reading CoNLL-2012', () => {
  it('reads nested and crossing mentions of different chains', async () => {
    const text = `#begin document (case); part 000\n${full('case', 0, [
      ['The', '(1'],
      ['maid', '(2'],
      ['of', '-'],
      ['Lady', '(3|1)'],
      ['Ash', '3)'],
      ['ran', '2)'],
    ])}\n#end document\n`;
    const { documents, refusals } = await read(text);
    expect(refusals).toEqual([]);
    expect(documents.map((document) => [document.key, chainsShown(document.content)])).toEqual([
      ['case', ['1: [0,4)', '2: [1,6)', '3: [3,5)']],
    ]);
  });

  it('closes mentions of one chain innermost first', async () => {
    const { documents } = await read(
      '#begin document (d); part 000\na (1\nb (1\nc 1)\nd 1)\n\n#end document\n',
    );
    expect(documents.map(({ content }) => chainsShown(content))).toEqual([['1: [0,4) [1,3)']]);
  });

  it('takes a blank line for the end of a sentence', async () => {
    const { documents } = await read('#begin document (d); part 000\na -\nb -\n\n\nc -\n#end document\n');
    expect(documents[0]?.content.sentences).toEqual([
      [0, 2],
      [2, 3],
    ]);
  });

  it('reads several documents and parts, each by its own key', async () => {
    const text = [0, 1]
      .map(
        (part) =>
          `#begin document (tale); part 00${part}\n${full('tale', part, [['Ash', '(0)']])}\n#end document\n`,
      )
      .join('');
    const { documents } = await read(`${text}#begin document (other); part 000\nx -\n#end document\n`);
    expect(documents.map(({ key, line }) => [key, line])).toEqual([
      ['tale', 1],
      ['tale/part-1', 5],
      ['other', 9],
    ]);
  });

  it('reads rows without frames: a document is a run of the same first two columns', async () => {
    const { documents } = await read(
      full('one', 0, [['a', '(0)']]) +
        '\n' +
        full('two', 0, [
          ['b', '-'],
          ['c', '(0)'],
        ]),
    );
    expect(documents.map(({ key, content }) => [key, wordsOf(content)])).toEqual([
      ['one', ['a']],
      ['two', ['b', 'c']],
    ]);
  });

  it('names a frameless file of few columns after the file', async () => {
    const { documents } = await read('a\t(0)\nb\t-\n');
    expect(documents.map(({ key, content }) => [key, chainsShown(content)])).toEqual([
      ['case', ['0: [0,1)']],
    ]);
  });

  it.each([
    ['two columns', 'Ash\t(0)', 'Ash'],
    ['three columns', '0\tAsh\t(0)', 'Ash'],
    ['four columns', '0\t0\tAsh\t(0)', 'Ash'],
    ['five columns', 'd\t0\t0\tAsh\t(0)', 'Ash'],
    ['thirteen columns', 'd\t0\t0\tAsh\tNN\t*\t-\t-\t-\t-\t*\t*\t(0)', 'Ash'],
    ['spaces for tabs', 'd   0  0   Ash   (0)', 'Ash'],
    ['the document and coreference alone', 'd (0)', '_'],
  ])('finds word and coreference in %s', async (_, row, word) => {
    const { documents } = await read(`#begin document (d); part 000\n${row}\n\n#end document\n`);
    expect(documents.map(({ content }) => [wordsOf(content), chainsShown(content)])).toEqual([
      [[word], ['0: [0,1)']],
    ]);
  });

  it('takes "_", "-", "*" and nothing for "no mention"', async () => {
    const { documents } = await read('#begin document (d); part 000\na\t_\nb\t-\nc\t*\nd\t\n#end document\n');
    expect(documents[0]?.content.mentions).toEqual([]);
    expect(documents[0]?.content.tokens).toHaveLength(4);
  });

  it('reads the named chains of GUM by their number and keeps type and identity', async () => {
    const { documents } = await read(
      '# begin document gum\n0\tAda\t(person-1-Ada_Ash\n1\tAsh\tperson-1-Ada_Ash)\n2\tand\t_\n3\ther\t(person-1(object-2\n4\tcat\tobject-2)person-1)\n# end document\n',
    );
    const content = documents[0]?.content;
    expect(content === undefined ? null : chainsShown(content)).toEqual(['1: [0,2) [3,5)', '2: [3,5)']);
    expect(content?.mentions[0]?.attributes).toEqual({ etype: 'person', identity: 'Ada_Ash' });
  });

  it('tells remarks from rows whose word is "#"', async () => {
    const { documents, refusals } = await read(
      '#begin document (d); part 000\n# a remark (1)\n0\ta\t-\n# b (1)\n1\t#\t(1)\n#\t#\t-\n#end document\n',
    );
    expect(refusals).toEqual([]);
    expect(documents.map(({ content }) => wordsOf(content))).toEqual([['a', '#', '#']]);
  });

  it('keeps speakers, lemmas and tags', async () => {
    const { documents } = await read(
      '#begin document (d); part 000\nd 0 0 Go VB * go - - Ash * -\n\nd 0 0 No UH * no - - - * -\n\n#end document\n',
    );
    expect(documents[0]?.content).toMatchObject({
      speakers: ['Ash', null],
      tokens: [
        { text: 'Go', lemma: 'go', attributes: { xpos: 'VB' } },
        { text: 'No', lemma: 'no', attributes: { xpos: 'UH' } },
      ],
    });
  });

  it('accepts CR LF and a byte order mark', async () => {
    const { documents, refusals } = await read(
      '\u{feff}#begin document (d); part 000\r\na\t(0)\r\n\r\n#end document\r\n',
    );
    expect(refusals).toEqual([]);
    expect(documents.map(({ content }) => chainsShown(content))).toEqual([['0: [0,1)']]);
  });

  it('reads a repeated mention of a chain once, and says so', async () => {
    const { documents } = await read('#begin document (d); part 000\na\t(0)|(0)\n#end document\n');
    expect(documents[0]?.content.mentions).toHaveLength(1);
    expect(documents[0]?.remarks).toMatchObject([{ line: 2 }]);
  });

  it.each([
    [
      'a bracket never closed',
      'a\t(1\nb\t-',
      { line: 2, column: 3, reason: 'the bracket "(1" is never closed' },
    ],
    [
      'a bracket never opened',
      'a\t-\nb\t(2)|1)',
      { line: 3, column: 7, reason: 'the bracket "1)" closes a mention that was never opened' },
    ],
    ['a name outside brackets', 'a\t12', { line: 2, column: 3 }],
    ['a bracket without a name', 'a\t()', { line: 2, column: 3 }],
    [
      'a row of other width',
      'a\tb\t-\nc\t-',
      { line: 3, column: 3, reason: 'the row has 2 columns', expected: '3 columns, as on line 2' },
    ],
    ['an empty word', '0\t\t-', { line: 2, column: 3, reason: 'the word column is empty' }],
    ['no tokens', '', { line: 1, column: 1, reason: 'the document has no tokens' }],
  ])('refuses a document with %s, by its place', async (_, rows, refusal) => {
    const { documents, refusals } = await read(
      `#begin document (bad); part 000\n${rows}\n\n#end document\n#begin document (good); part 000\na\t(1)\n\n#end document\n`,
    );
    expect(refusals).toMatchObject([{ file: 'case.conll', ...refusal }]);
    expect(documents.map(({ key }) => key)).toEqual(['good']);
  });

  it('counts columns in code points', async () => {
    const { refusals } = await read('#begin document (bad); part 000\n😀😀\t1)\n#end document\n');
    expect(refusals).toMatchObject([{ line: 2, column: 4 }]);
  });

  it('refuses the second document of a name', async () => {
    const { documents, refusals } = await read(
      '#begin document (d); part 000\na -\n#end document\n#begin document (d); part 000\nb -\n#end document\n',
    );
    expect(documents.map(({ content }) => wordsOf(content))).toEqual([['a']]);
    expect(refusals).toMatchObject([{ line: 4 }]);
  });

  it('refuses a document for a line that is no UTF-8, and the next is read', async () => {
    const bytes = new TextEncoder().encode(
      '#begin document (bad); part 000\nX\t-\n#end document\n#begin document (good); part 000\na\t-\n#end document\n',
    );
    bytes[bytes.indexOf(0x58)] = 0xe9;
    const { documents, refusals } = await reading(bytes, { fileName: 'case.conll' });
    expect(refusals).toMatchObject([{ line: 2, column: 1, reason: 'the bytes from 0xE9 on are not UTF-8' }]);
    expect(documents.map(({ key }) => key)).toEqual(['good']);
  });

  it('refuses a document beyond the limit of tokens', async () => {
    const text = `#begin document (long); part 000\n${'a -\n'.repeat(11)}#end document\n#begin document (short); part 000\n${'a -\n'.repeat(10)}#end document\n`;
    const { documents, refusals } = await reading(text, {
      fileName: 'case.conll',
      limits: { tokensPerDocument: 10 },
    });
    expect(refusals).toMatchObject([{ line: 12, reason: 'the document has more than 10 tokens' }]);
    expect(documents.map(({ key }) => key)).toEqual(['short']);
  });
});
