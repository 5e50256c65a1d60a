import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, describe, expect, test } from 'vitest';
import { UsageError } from '../usage.ts';
import { run } from './wordsim.ts';

const folder = mkdtempSync(join(tmpdir(), 'casebook-wordsim-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function wordsim(args: readonly string[], stdin = ''): Promise<string> {
  const stdout = new PassThrough();
  const code = await run(args, {
    stdin: Readable.from([Buffer.from(stdin)]),
    stdout,
    stderr: new PassThrough(),
  });
  stdout.end();
  expect(code).toBe(0);
  return text(stdout);
}

async function json(...args: string[]): Promise<Record<string, unknown>> {
  return JSON.parse(await wordsim([...args, '--json'])) as Record<string, unknown>;
}

/** Twenty-four pairs, three raters; pair p is worth p/4. */
const PAIRS = Array.from({ length: 24 }, (_, pair) => ({
  words: [`w${pair}`, `v${pair}`],
  ratings: [0, 1, 2].map((rater) => Math.floor(pair / 4 + ((pair * (rater + 3)) % 5) / 4 + 0.3 * rater)),
}));
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const WIDE = [
  'word1,word2,gold,r1,r2,r3',
  ...PAIRS.map(({ words, ratings }) => [...words, mean(ratings).toFixed(2), ...ratings].join(',')),
].join('\n');
const GOLD = [
  'word1\tword2\tgold',
  ...PAIRS.map(({ words, ratings }) => [...words, mean(ratings)].join('\t')),
].join('\n');

/** Two dimensions; the angle between the words of a pair falls as its worth grows. */
function vectors(spread: number): string {
  return PAIRS.flatMap(({ words: [one = '', other = ''] }, pair) => {
    const angle = ((24 - pair + ((pair * 7) % 5) * spread) / 30) * Math.PI;
    return [`${one} 1 0.0001`, `${other} ${Math.cos(angle).toFixed(6)} ${Math.sin(angle).toFixed(6)}`];
  }).join('\n');
}

describe('report', () => {
  test('of a wide table: plain figures, each undefined one with a reason, and what it was made from', async () => {
    const report = await json(
      'report',
      file('wide.csv', WIDE),
      '--columns',
      'persons',
      '--resamples',
      '50',
      '--seed',
      '4',
    );
    expect(report).toMatchObject({
      pairs: 24,
      raters: 3,
      ratings: 72,
      seed: 4,
      provenance: { rule: 'mean', differing: [] },
      exclusion: {
        rules: [{ rule: 'simlex-one-sd' }, { kind: 'not-applicable' }, { kind: 'not-applicable' }],
      },
    });
    const { reliability, ceiling, resolution, files } = report as Record<string, Record<string, unknown>>;
    for (const part of ['apiaa', 'amiaa'])
      expect((reliability?.[part] as Record<string, unknown>)['spearman']).toBeTypeOf('number');
    expect((reliability?.['icc'] as Record<string, unknown>)['icc1']).toBeTypeOf('number');
    expect((reliability?.['splitHalf'] as Record<string, unknown>)['spearmanBrown']).toBeTypeOf('number');
    expect(ceiling?.['value']).toBeTypeOf('number');
    expect(ceiling?.['perPair']).toHaveLength(24);
    expect(resolution?.['minimumRequiredDifference']).toHaveLength(6);
    expect(JSON.stringify(files)).toMatch(/"sha256":"[0-9a-f]{64}"/u);
  });

  test('says of gold alone that there is no reliability', async () => {
    expect(await json('report', file('gold.tsv', GOLD))).toMatchObject({
      raters: 0,
      reliability: { value: null, reason: 'the table holds no ratings' },
      provenance: { value: null },
      ceiling: { value: null },
      resolution: { pairs: 24 },
    });
  });

  test('of a long table: persons, attention checks, order of time', async () => {
    const rows = PAIRS.flatMap(({ words, ratings }, pair) =>
      ratings.map((value, rater) => [`p${rater}`, ...words, value, 1000 * pair, 0].join(',')),
    );
    const long = ['coder,word1,word2,value,time,attention', ...rows, 'p0,x,x,6,99000,1'].join('\n');
    expect(await json('report', file('long.csv', long), '--resamples', '20')).toMatchObject({
      pairs: 24,
      raters: 3,
      columnsArePersons: true,
      checks: { rows: 1 },
    });
  });

  test('of several files: joined by pair, in whatever order, and what has no partner is named', async () => {
    const coder = (rater: number, rows: typeof PAIRS): string =>
      rows.map(({ words, ratings }) => [...words, ratings[rater]].join('\t')).join('\n');
    const one = file('one.tsv', coder(0, PAIRS));
    const other = file('other.tsv', coder(1, PAIRS.slice(1).reverse()));
    const report = await json('report', one, other, '--resamples', '20');
    expect(report).toMatchObject({ pairs: 24, raters: 2, ratings: 47 });
    expect(JSON.stringify(report['lint'])).toContain('unmatched-pairs');
  });

  test('with vectors: coverage under the three policies', async () => {
    const report = await json(
      'report',
      file('g.tsv', `${GOLD}\nunknown\tword\t1`),
      '--vectors',
      file('v.txt', vectors(1)),
    );
    expect(report['model']).toMatchObject({ covered: 24, pairs: 25, missingTypes: ['unknown', 'word'] });
  });

  test('reads from stdin, and for people', async () => {
    const shown = await wordsim(['report', '-', '--resamples', '20'], WIDE);
    for (const title of ['Lint', 'Where gold comes from', 'Reliability', 'Ceiling', 'Resolution'])
      expect(shown).toContain(title);
  });
});

describe('sanity', () => {
  const common = [
    '--gold',
    file('s.tsv', GOLD),
    '--vectors',
    file('s.txt', vectors(2)),
    '--draws',
    '30',
    '--threads',
    '1',
  ];

  test('corrected: levels with their noise over rms, tests with Holm, no verdict of its own', async () => {
    const report = await json('sanity', ...common, '--levels', '0:1:0.5', '--seed', '3');
    expect(report).toMatchObject({ method: 'corrected', family: 'uniform', seed: 3, draws: 30, covered: 24 });
    const levels = report['levels'] as Record<string, unknown>[];
    expect(levels.map(({ n }) => n)).toEqual([0, 0.5, 1]);
    expect(levels[0]).toMatchObject({ nOverRms: 0, sdDraws: 0, p: { value: null } });
    expect(levels[1]).toMatchObject({ mean: expect.any(Number) as number, p: expect.any(Number) as number });
    expect(report['originalVerdict']).toMatchObject({ probabilityOfFailing: expect.any(Number) as number });
    expect(await json('sanity', ...common, '--levels', '0:1:0.5', '--seed', '3')).toEqual(report);
    expect((report['reproducibleCurve'] as Record<string, unknown>)['rho']).toHaveLength(3);
  });

  test('threads change nothing', async () => {
    const args = ['sanity', ...common.slice(0, -2), '--levels', '0:1:0.5'];
    const many = await json(...args.map((word) => (word === '30' ? '2000' : word)), '--threads', '2');
    const one = await json(...args.map((word) => (word === '30' ? '2000' : word)), '--threads', '1');
    expect(many).toEqual(one);
  });

  test('as published: relaxed and strict, and the rises', async () => {
    const report = await json('sanity', ...common, '--method', 'batchkarov');
    expect(report['levels']).toHaveLength(16);
    expect(report['originalVerdict']).toMatchObject({ thisRun: { relaxed: expect.any(Array) as unknown } });
  });

  test.each(['gaussian', 'dropout', 'kwta', 'rotation'])('%s noise', async (family) => {
    expect(await json('sanity', ...common, '--family', family)).toMatchObject({ family });
    expect(await wordsim(['sanity', ...common, '--family', family, '--landscape'])).toContain(
      'two random directions',
    );
  });
});

test('compare: two models, four tests and the bootstrap', async () => {
  const report = await json(
    'compare',
    '--gold',
    file('c.tsv', GOLD),
    '--vectors',
    file('a.txt', vectors(1)),
    '--vectors',
    file('b.txt', vectors(3)),
    '--resamples',
    '50',
  );
  expect(report).toMatchObject({ pairsOfAll: 24, models: [{ name: 'a.txt' }, { name: 'b.txt' }] });
  const [comparison] = report['comparisons'] as Record<string, Record<string, unknown>>[];
  for (const test of ['williams', 'steiger', 'meng', 'zou', 'bootstrap'])
    expect(comparison?.[test]?.['kind']).toBe('defined');
});

test('mrd: 3.9 points on WordSim-353 as Rastogi et al. 2015 have it', async () => {
  const report = await json('mrd', '--n', '353', '--r', '0.9');
  expect(report).toMatchObject({ n: 353, r: 0.9, rule: 'rastogi', tails: 1, df: 351, seed: 1 });
  expect(Math.floor(1000 * Number(report['value']))).toBe(39);
  expect(await json('mrd', '--n', '3', '--r', '0.9', '--rule', 'steiger')).toMatchObject({ value: null });
});

describe('refusals', () => {
  const gold = file('r.tsv', GOLD);
  test.each([
    [[], 'expected report, sanity, compare or mrd'],
    [['report'], 'there is no FILE'],
    [['report', join(folder, 'nowhere.tsv')], "can't be read"],
    [['report', file('bad.csv', 'word1,word2,r1\na,b,1\nc,d,x\ne,f,2\ng,h,2\ni,j,2\nk,l,2\n')], 'bad.csv:3:'],
    [['sanity', '--gold', gold], '--vectors is missing'],
    [['sanity', '--gold', gold, '--vectors', file('bad.txt', 'w0 1 2\nw1 1 x\n')], 'bad.txt:2:6'],
    [['sanity', '--gold', gold, '--vectors', file('o.txt', 'other 1 2\n')], 'none of the dataset'],
    [['sanity', '--gold', gold, '--vectors', gold, '--levels', '1:2:1'], 'expected 0:TO:STEP'],
    [
      ['sanity', '--gold', gold, '--vectors', gold, '--family', 'kwta', '--levels', '0:3:1'],
      'expected shares',
    ],
    [['compare', '--gold', gold, '--vectors', gold], 'expected two models or more'],
    [['mrd', '--n', '353'], '--r is missing'],
    [['mrd', '--n', '353', '--r', '2'], 'expected a correlation'],
  ])('%j', async (args, message) => {
    await expect(wordsim(args)).rejects.toThrow(UsageError);
    await expect(wordsim(args)).rejects.toThrow(message);
  });
});
