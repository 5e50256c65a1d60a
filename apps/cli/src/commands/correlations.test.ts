import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { seededGenerator } from '@casebook/agreement';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../usage.ts';
import { run } from './correlations.ts';

const generator = seededGenerator(4);
const ROWS = Array.from({ length: 200 }, () => {
  const gold = generator.normal();
  return [gold, gold + 0.5 * generator.normal(), gold + 1.5 * generator.normal(), generator.normal()];
});
const TABLE = `gold,Good,fair,noise\n${ROWS.map((row) => row.join(',')).join('\n')}\n`;

async function printed(input: string, ...args: string[]): Promise<string> {
  const stdout = new PassThrough();
  const code = await run(['-', ...args], {
    stdin: Readable.from([Buffer.from(input)]),
    stdout,
    stderr: new PassThrough(),
  });
  stdout.end();
  expect(code).toBe(0);
  return text(stdout);
}

interface Row {
  readonly first: string;
  readonly second: string;
  readonly r1: number;
  readonly r2: number;
  readonly r12: number;
  readonly value: number;
  readonly statistic: number;
  readonly p: number;
  readonly pHolm: number;
  readonly ci: { readonly low: number; readonly high: number };
}

async function compared(input: string, ...args: string[]): Promise<{ comparisons: readonly Row[] }> {
  return JSON.parse(await printed(input, '--gold', 'gold', ...args, '--json')) as {
    comparisons: readonly Row[];
  };
}

const MODELS = ['--models', 'good,fair,noise'];

describe('every two models', () => {
  test.each(['williams', 'steiger', 'meng', 'zou', 'bootstrap'])(
    '%s tells good from bad, with Holm over pairs',
    async (method) => {
      const { comparisons } = await compared(TABLE, ...MODELS, '--method', method);
      expect(comparisons.map(({ first, second }) => [first, second])).toEqual([
        ['good', 'fair'],
        ['good', 'noise'],
        ['fair', 'noise'],
      ]);
      for (const { r1, r2, value, p, pHolm, ci } of comparisons) {
        expect(value).toBeCloseTo(r1 - r2, 12);
        expect(p).toBeLessThan(0.01);
        expect(pHolm).toBeGreaterThanOrEqual(p);
        expect(ci.low).toBeGreaterThan(0);
        expect(ci.high).toBeGreaterThan(value);
      }
    },
  );

  test('Williams’ T2 is as its formula has it', async () => {
    const { comparisons } = await compared(TABLE, '--models', 'good,fair', '--correlation', 'pearson');
    const [{ r1, r2, r12, statistic } = { r1: 0, r2: 0, r12: 0, statistic: 0 }] = comparisons;
    const n = 200;
    const determinant = 1 - r1 * r1 - r2 * r2 - r12 * r12 + 2 * r1 * r2 * r12;
    const mean = (r1 + r2) / 2;
    expect(statistic).toBeCloseTo(
      (r1 - r2) *
        Math.sqrt(
          ((n - 1) * (1 + r12)) / (((2 * (n - 1)) / (n - 3)) * determinant + mean * mean * (1 - r12) ** 3),
        ),
      9,
    );
    expect(comparisons).toMatchObject([{ df: 197 }]);
  });

  test('Zou’s p is where its interval meets 0', async () => {
    const rows = TABLE.split('\n').slice(0, 30).join('\n');
    const args = ['--models', 'good,fair', '--method', 'zou'];
    const [own] = (await compared(rows, ...args)).comparisons;
    if (own === undefined) throw new Error('there are two models');
    const [edge] = (await compared(rows, ...args, '--confidence', String(1 - own.p))).comparisons;
    expect(edge?.ci.low).toBeCloseTo(0, 9);
  });

  test('rows with an empty cell are left out and counted', async () => {
    const report = await compared(`${TABLE}1,,1,1\n,1,1,1\n`, ...MODELS);
    expect(report).toMatchObject({
      pairs: 200,
      dropped: 2,
      correlation: 'spearman',
      method: 'williams',
      seed: 1,
    });
    expect(report.comparisons).toEqual((await compared(TABLE, ...MODELS)).comparisons);
  });

  test('what is constant or too short is undefined with a reason', async () => {
    const report = await compared('gold,a,b\n1,1,1\n2,1,2\n3,1,4\n4,1,5\n', '--models', 'a,b');
    expect(report).toMatchObject({
      models: [{ model: 'a', value: null, reason: 'one of the columns has no variance' }, { model: 'b' }],
      comparisons: [{ value: null, p: null, pHolm: null, reason: 'one of the columns has no variance' }],
    });
    expect(await compared('gold,a,b\n1,2,1\n2,1,2\n3,3,4\n', '--models', 'a,b')).toMatchObject({
      comparisons: [{ value: null, reason: 'a comparison needs more than three pairs' }],
    });
  });

  test('people get two tables', async () => {
    const shown = await printed(TABLE, '--gold', 'gold', ...MODELS);
    expect(shown).toMatch(/^good +0\.\d{4} +0\.\d{4} +0\.\d{4}$/mu);
    expect(shown).toMatch(/^good +fair +0\.\d{4}/mu);
  });
});

describe('what is off is told with its place', () => {
  test.each([
    [
      'no such column',
      ['--models', 'good,bad'],
      'stdin:1:1: the header has no column bad; it has gold, Good, fair, noise',
    ],
    ['one model', ['--models', 'good'], '--models is good; expected two columns or more'],
    ['gold among models', ['--models', 'gold,good'], 'the column gold is named twice'],
    ['no such method', [...MODELS, '--method', 'fisher'], '--method is fisher; expected williams or steiger'],
  ])('%s', async (_, args, message) => {
    await expect(printed(TABLE, '--gold', 'gold', ...args)).rejects.toThrow(UsageError);
    await expect(printed(TABLE, '--gold', 'gold', ...args)).rejects.toThrow(message);
  });

  test('a word among numbers', async () => {
    await expect(compared('gold,a,b\n1,2,3\n1,x,3\n', '--models', 'a,b')).rejects.toThrow(
      'stdin:3:2: “x” is no number; expected one',
    );
    await expect(compared('gold,a,b\n1,2\n', '--models', 'a,b')).rejects.toThrow(
      'stdin:2:1: the row has 2 columns',
    );
  });
});
