import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRatingTable } from './read.ts';

async function* pieces(text: string, size = 7): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.slice(at, at + size));
}

const read = (text: string, layout?: 'wide' | 'long') =>
  readRatingTable(pieces(text), { fileName: 'pairs.csv', ...(layout === undefined ? {} : { layout }) });

async function tableOf(text: string) {
  const found = await read(text);
  if (found.kind === 'refused') throw new Error(found.refusal.reason);
  return found;
}

describe('a table with a row a pair', () => {
  it('has a column of gold and one a rater, empty cells missing', async () => {
    const { table, layout } = await tableOf('word1,word2,gold,r1,r2\nsea,ocean,5.5,6,5\nsea,spoon,0,,0\n');
    expect(layout).toBe('wide');
    expect(table.gold).toEqual([5.5, 0]);
    expect(table.raters).toEqual(['r1', 'r2']);
    expect(table.ratings).toEqual([
      [6, 5],
      [null, 0],
    ]);
    expect(table.namesPersons).toBe(false);
  });

  it('takes tags off words only where every word has one', async () => {
    const tagged = await tableOf('word1\tword2\tgold\nsun-n\tlight-n\t4\nrun-v\tfast-j\t2\n');
    expect(tagged.table.pairs.map(({ word1, partOfSpeech }) => [word1, partOfSpeech])).toEqual([
      ['sun', 'n-n'],
      ['run', 'v-j'],
    ]);
    const mixed = await tableOf('word1\tword2\tgold\nsun-n\tlight\t4\n');
    expect(mixed.table.pairs[0]?.word1).toBe('sun-n');
  });

  it('is refused by its first bad row, with its place', async () => {
    expect(await read('word1,word2,gold\nsea,ocean,5\nsea,spoon,much\n')).toMatchObject({
      kind: 'refused',
      refusal: { file: 'pairs.csv', line: 3, column: 11 },
    });
  });
});

describe('a table with a row a judgement', () => {
  const LONG =
    'coder,word1,word2,value,time,attention\nann,sea,ocean,6,10,\nben,sea,ocean,5,11,\nann,sea,spoon,1,12,0\nann,sea,ocean,4,13,\nben,cup,cup,6,14,1\nann,cup,cup,2,15,1\n';

  it('keeps all rows as events and the first rating of a pair in the table', async () => {
    const { table, layout } = await tableOf(LONG);
    expect(layout).toBe('long');
    expect(table.raters).toEqual(['ann', 'ben']);
    expect(table.ratings).toEqual([
      [6, 5],
      [1, null],
    ]);
    expect(table.events?.map(({ rater, pair, value }) => [rater, pair, value])).toEqual([
      [0, 0, 6],
      [1, 0, 5],
      [0, 1, 1],
      [0, 0, 4],
    ]);
    expect(table.namesPersons).toBe(true);
  });

  it('counts attention checks apart from ratings', async () => {
    const { checks } = await tableOf(LONG);
    expect(checks).toMatchObject({
      rows: 2,
      attention: [
        { rater: 1, passed: 1, failed: 0 },
        { rater: 0, passed: 0, failed: 1 },
      ],
    });
  });

  it.each([
    ['coder,word1,word2,value\nann,sea,ocean\n', 2, 1],
    ['coder,word1,word2,value\nann,,ocean,4\n', 2, 5],
    ['coder,word1,word2,value\nann,sea,ocean,4\nann,sea,cup,a lot\n', 3, 13],
  ])('refuses %j at line %i, column %i', async (text, line, column) => {
    expect(await read(text)).toMatchObject({ kind: 'refused', refusal: { line, column } });
  });

  it('names the columns that it looks for where it is told to be long and is not', async () => {
    const refused = await read('word1,word2,gold\nsea,ocean,5\n', 'long');
    expect(refused).toMatchObject({ kind: 'refused', refusal: { line: 1 } });
    expect(refused.kind === 'refused' && refused.refusal.expected).toContain('“coder”');
  });

  it('gives the matrix that it was written from, whatever the pieces it comes in', async () => {
    const values = fc.array(
      fc.array(fc.option(fc.integer({ min: 0, max: 6 })), { minLength: 3, maxLength: 3 }),
      {
        minLength: 1,
        maxLength: 8,
      },
    );
    await fc.assert(
      fc.asyncProperty(values, fc.integer({ min: 1, max: 50 }), async (matrix, size) => {
        const rows = matrix.flatMap((row, pair) =>
          row.map((value, rater) => `r${rater},"w,${pair}",v${pair},${value ?? ''}`),
        );
        const found = await readRatingTable(pieces(['coder,word1,word2,value', ...rows].join('\n'), size), {
          fileName: 'long.csv',
        });
        if (found.kind === 'refused') throw new Error(found.refusal.reason);
        expect(found.table.raters).toEqual(['r0', 'r1', 'r2']);
        expect(found.table.ratings).toEqual(matrix.filter((row) => row.some((value) => value !== null)));
      }),
    );
  });
});
