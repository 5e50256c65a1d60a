import type { WordPair } from '@casebook/contracts';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { PairTable, Refusal } from '../events.ts';
import { readWordPairs } from '../read-word-pairs.ts';
import { arbitraryWord } from '../testing/arbitrary-content.ts';
import { collected, streamOf } from '../testing/streams.ts';
import { columnsFor, PairTableWriter } from './write.ts';

/** Many runs each, on machines that do other things too. */
vi.setConfig({ testTimeout: 60_000 });

interface PairReading {
  tables: PairTable[];
  pairs: WordPair[];
  refusals: Refusal[];
}

async function read(text: string | Uint8Array, fileName = 'pairs.csv'): Promise<PairReading> {
  const events = await collected(readWordPairs(streamOf(text, 5), { fileName }));
  return {
    tables: events.flatMap((event) => (event.kind === 'understood' ? [event.table] : [])),
    pairs: events.flatMap((event) => (event.kind === 'pair' ? [event.pair] : [])),
    refusals: events.flatMap((event) => (event.kind === 'refused' ? [event.refusal] : [])),
  };
}

const rolesOf = ({ tables }: PairReading): string[] =>
  tables.flatMap((table) => table.columns.map((column) => column.role));

describe('reading word pairs', () => {
  it.each([
    ['tabs', 'word1\tword2\tgold\nmoor\theath\t8.5\n'],
    ['commas', 'word1,word2,gold\r\nmoor,heath,8.5\r\n'],
    ['semicolons and decimal commas', 'word1;word2;gold\nmoor;heath;8,5\n'],
    ['spaces', 'moor heath 8.5\nfog mist 9\n'],
    ['no header', 'moor,heath,8.5\n'],
    ['other names', 'Term A,Term B,Human (mean)\nmoor,heath,8.5\n'],
    ['other names yet', 'w1,w2,similarity\nmoor,heath,8.5\n'],
    ['unknown names', 'Wort,Vergleich,Punkte\nmoor,heath,8.5\nfog,mist,9\n'],
    ['columns in another order', 'gold,word2,word1\n8.5,heath,moor\n'],
    ['a byte order mark', '\u{feff}word1,word2,gold\nmoor,heath,8.5\n'],
    ['quotes', '"word1","word2","gold"\n"moor","heath","8.5"\n'],
  ])('understands %s', async (_, text) => {
    const { pairs, refusals } = await read(text);
    expect(refusals).toEqual([]);
    expect(pairs[0]).toEqual({ word1: 'moor', word2: 'heath', gold: 8.5 });
  });

  it('says how it understood the table', async () => {
    const { tables } = await read('Word 1,Word 2,POS,SD,Human (mean),1,2,note\nmoor,heath,N,0.5,8.5,8,9,x\n');
    expect(tables).toEqual([
      {
        separator: ',',
        header: true,
        decimal: '.',
        columns: [
          { index: 0, name: 'Word 1', role: 'word1' },
          { index: 1, name: 'Word 2', role: 'word2' },
          { index: 2, name: 'POS', role: 'part-of-speech' },
          { index: 3, name: 'SD', role: 'ignored' },
          { index: 4, name: 'Human (mean)', role: 'gold' },
          { index: 5, name: '1', role: 'rating' },
          { index: 6, name: '2', role: 'rating' },
          { index: 7, name: 'note', role: 'ignored' },
        ],
      },
    ]);
  });

  it('takes further numbers for ratings, and empty cells for missing ones', async () => {
    const reading = await read('word1\tword2\tgold\tAda\tBen\nmoor\theath\t8.5\t8\t\nfog\tmist\t9\tNA\t9\n');
    expect(rolesOf(reading)).toEqual(['word1', 'word2', 'gold', 'rating', 'rating']);
    expect(reading.pairs.map((pair) => pair.ratings)).toEqual([
      [8, null],
      [null, 9],
    ]);
  });

  it('finds the part of speech without a header', async () => {
    const { pairs } = await read('take\tremove\tV\t6.81\nwalk\ttrail\tV\t4.81\n', 'verbs.txt');
    expect(pairs[0]).toEqual({ word1: 'take', word2: 'remove', partOfSpeech: 'V', gold: 6.81 });
  });

  it('reads bare pairs', async () => {
    const { pairs } = await read('moor,heath\nfog,mist\n');
    expect(pairs).toEqual([
      { word1: 'moor', word2: 'heath' },
      { word1: 'fog', word2: 'mist' },
    ]);
  });

  it('reads cells over several lines and doubled quotes', async () => {
    const { pairs } = await read('word1,word2\n"Baker\nStreet","""the"" street, there"\n');
    expect(pairs).toEqual([{ word1: 'Baker\nStreet', word2: '"the" street, there' }]);
  });

  it('refuses bad rows by their place and reads on', async () => {
    const { pairs, refusals } = await read(
      'word1,word2,gold\nmoor,heath,high\nfog,,3\nfog,mist\n"fog"x,mist,3\nfog,mist,3\n',
    );
    expect(pairs).toEqual([{ word1: 'fog', word2: 'mist', gold: 3 }]);
    expect(refusals).toMatchObject([
      { file: 'pairs.csv', line: 2, column: 12, reason: '"high" in "gold" is no number' },
      { line: 3, column: 5, reason: '"word2" is empty', expected: 'a word' },
      { line: 4, reason: 'the row has 2 cells', expected: '3 cells, as in the first row' },
      { line: 5, column: 6, reason: '"x,mist,3" follows a closing quote' },
    ]);
  });

  it('loses one line, not the file, to a quote that never closes', async () => {
    const rows = Array.from({ length: 200 }, (_, index) => `a${index},b${index}\n`).join('');
    const { pairs, refusals } = await read(`word1,word2\n"moor,heath\n${rows}`);
    expect(refusals).toMatchObject([
      { line: 2, column: 1, reason: 'the quote that opens here is not closed' },
    ]);
    expect(pairs).toHaveLength(200);
  });

  it('refuses a word that is too long and a line that is too long', async () => {
    const { pairs, refusals } = await read(
      `word1,word2\n${'a'.repeat(201)},b\n${'c'.repeat(2_000_000)},d\nfog,mist\n`,
    );
    expect(refusals).toMatchObject([
      { line: 2, column: 1, reason: '"word1" has 201 characters' },
      { line: 3, reason: 'the line is longer than 1048576 bytes' },
    ]);
    expect(pairs).toEqual([{ word1: 'fog', word2: 'mist' }]);
  });

  it('refuses a row of a million columns', async () => {
    const { pairs, refusals } = await read(`word1,word2\n${','.repeat(1_000_000)}\nfog,mist\n`);
    expect(refusals).toMatchObject([{ line: 2, reason: 'the row has more than 4096 columns' }]);
    expect(pairs).toHaveLength(1);
  });

  it.each([
    ['nothing', '', 'the file is empty'],
    ['an image', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]), 'the file is a PNG image'],
    ['a web page', '<!doctype html><html></html>', 'the file is a web page'],
    ['UTF-16', new Uint8Array([0xff, 0xfe, 0x61, 0x00]), 'the file is UTF-16 text; save it as UTF-8'],
    [
      'running text',
      'It was a dark night.\nThe rain fell on the moor\n',
      'its rows fall into columns by no separator',
    ],
    ['a header alone', 'word1,word2\n', 'the table has a header and no rows'],
    ['numbers alone', '1,2\n3,4\n', 'there are no two columns of words'],
    [
      'one judgement a row',
      'coder,word1,word2,score\nada,fog,mist,3\n',
      'the table has a column of persons: each row is one judgement, not a pair',
    ],
    [
      'the same column twice',
      'word1,word1,word2\na,b,c\n',
      'several columns are named for the same word: word1, word1',
    ],
  ])('refuses %s whole', async (_, text, reason) => {
    const { pairs, refusals } = await read(text);
    expect(pairs).toEqual([]);
    expect(refusals).toMatchObject([{ file: 'pairs.csv', line: 1, column: 1, reason }]);
  });
});

describe('word pairs through a spreadsheet', () => {
  const write = (
    pairs: readonly WordPair[],
    separator: ',' | '\t',
    formulas: 'guarded' | 'raw' = 'guarded',
  ): string => {
    const writer = new PairTableWriter(columnsFor(pairs), { separator, formulas });
    return writer.header() + pairs.map((pair) => writer.row(pair)).join('');
  };

  it('guards text that would run as a formula, and no number', () => {
    const pair = { word1: '=1+1', word2: "'tis", gold: -3 };
    expect(write([pair], ',')).toBe("word1,word2,gold\r\n'=1+1,''tis,-3\r\n");
    expect(write([pair], ',', 'raw')).toBe("word1,word2,gold\r\n=1+1,'tis,-3\r\n");
  });

  it.each(['+1', '-1', '@a', '\ta', '\ra', "'a", "''=a", ' =a', '"', 'a,b', 'a\r\nb'])(
    'brings %j back unchanged',
    async (word) => {
      const pairs = [{ word1: word, word2: 'b', partOfSpeech: word.trim() }];
      for (const separator of [',', '\t'] as const)
        expect((await read(write(pairs, separator))).pairs).toEqual(pairs);
    },
  );

  it("leaves others' apostrophes alone", async () => {
    expect((await read("word1,word2\n'tis,'twas\n")).pairs).toEqual([{ word1: "'tis", word2: "'twas" }]);
  });

  it('brings any pairs back unchanged', async () => {
    const text = fc.oneof(
      arbitraryWord,
      fc.string({ minLength: 1, maxLength: 8 }).filter((word) => word.trim() !== '' && !word.includes('\0')),
    );
    const number = fc
      .double({ noNaN: true, noDefaultInfinity: true })
      .map((value) => (Object.is(value, -0) ? 0 : value));
    const pair = fc.record({
      word1: text,
      word2: text,
      partOfSpeech: text,
      gold: number,
      ratings: fc.tuple(number, fc.option(number)),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(pair, { minLength: 1, maxLength: 8 }),
        fc.constantFrom(',' as const, '\t' as const),
        async (pairs, separator) => {
          const { pairs: back, refusals } = await read(write(pairs, separator));
          expect(refusals).toEqual([]);
          expect(back).toEqual(pairs);
        },
      ),
    );
  });
});
