import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { UsageError } from '../usage.ts';
import { run } from './agreement.ts';

/** Krippendorff 2011, example C: alpha .743 nominal, .815 ordinal, .849 interval, .797 ratio. */
const KRIPPENDORFF = `unit,A,B,C,D
1,1,1,,1
2,2,2,3,2
3,3,3,3,3
4,3,3,3,3
5,2,2,2,2
6,1,2,3,4
7,4,4,4,4
8,1,1,2,1
9,2,2,2,2
10,,5,5,5
11,,,1,1
12,,3,,
`;

/** Cohen 1960, table 2, as 200 units of two coders: kappa .492. */
const COHEN = [
  [88, 14, 18],
  [10, 40, 10],
  [2, 6, 12],
].flatMap((row, first) =>
  row.flatMap((count, second) => new Array<string>(count).fill(`${first},${second}`)),
);

const folder = mkdtempSync(join(tmpdir(), 'casebook-agreement-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

interface Printed {
  readonly stdout: string;
  readonly stderr: string;
}

async function printed(input: string | readonly string[], ...args: string[]): Promise<Printed> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const pieces = typeof input === 'string' ? [input] : input;
  const code = await run(['-', ...args], {
    stdin: Readable.from(pieces.map((piece) => Buffer.from(piece))),
    stdout,
    stderr,
  });
  stdout.end();
  stderr.end();
  expect(code).toBe(0);
  return { stdout: await text(stdout), stderr: await text(stderr) };
}

interface Report {
  readonly units: number;
  readonly measures: readonly (Record<string, unknown> & { readonly measure: string })[];
}

async function json(input: string | readonly string[], ...args: string[]): Promise<Report> {
  return JSON.parse((await printed(input, ...args, '--json')).stdout) as Report;
}

async function only(input: string, measure: string, ...args: string[]): Promise<Record<string, unknown>> {
  const { measures } = await json(input, '--measure', measure, ...args);
  expect(measures).toHaveLength(1);
  return measures[0] ?? {};
}

describe('the report', () => {
  test('counts what was read and gives a figure with its parts', async () => {
    expect(await json(KRIPPENDORFF, '--measure', 'krippendorff-alpha', '--seed', '7')).toMatchObject({
      units: 12,
      coders: 4,
      ratings: 41,
      missing: 7,
      seed: 7,
      measures: [
        {
          measure: 'krippendorff-alpha',
          level: 'nominal',
          weights: 'identity',
          value: expect.closeTo(0.743421, 6) as number,
          se: expect.closeTo(0.1455, 4) as number,
          ci: { low: expect.closeTo(0.4192, 1) as number, high: 1, level: 0.95, method: 'analytic' },
          reason: null,
          used: { units: 11, ratings: 40, dropped: { units: 1, ratings: 1 } },
        },
      ],
    });
  });

  test.each([
    ['nominal', 0.743421],
    ['ordinal', 0.815388],
    ['interval', 0.849107],
    ['ratio', 0.797403],
  ])('alpha by Krippendorff’s %s metric', async (level, value) => {
    const alpha = await only(KRIPPENDORFF, 'krippendorff-alpha', '--level', level);
    expect(alpha['value']).toBeCloseTo(value, 5);
  });

  test('ordinal weights are not the ordinal metric', async () => {
    const alpha = await only(
      KRIPPENDORFF,
      'krippendorff-alpha',
      '--level',
      'ordinal',
      '--weights',
      'ordinal',
    );
    expect(alpha).toMatchObject({ level: 'ordinal', weights: 'ordinal' });
    expect(alpha['value']).toBeCloseTo(0.8336, 4);
  });

  test('two coders: kappa of Cohen’s example', async () => {
    const table = `x,y\n${COHEN.join('\n')}`;
    expect((await only(table, 'cohen-kappa'))['value']).toBeCloseTo(0.491525, 6);
    const { measures } = await json(table);
    expect(measures.map(({ measure }) => measure)).toContain('scott-pi');
  });

  test('all measures, each with a value or a reason, and no number that is none', async () => {
    const { stdout } = await printed(KRIPPENDORFF, '--measure', 'all', '--diagnostics', '--json');
    const { measures } = JSON.parse(stdout) as Report;
    expect(measures).toHaveLength(22);
    for (const own of measures) {
      if ('forms' in own) continue;
      expect(typeof own['value'] === 'number' ? own['reason'] === null : own['reason']).toBeTruthy();
    }
    expect(measures.find(({ measure }) => measure === 'cohen-kappa')).toMatchObject({
      value: null,
      reason: expect.stringContaining('two coders, and there are 4') as string,
    });
  });

  test('whatever small study it is, figures are numbers or have a reason', async () => {
    const cell = fc.option(fc.constantFrom('0', '1', '2', '5'), { nil: '', freq: 3 });
    const study = fc
      .integer({ min: 2, max: 4 })
      .chain((coders) =>
        fc.array(fc.array(cell, { minLength: coders, maxLength: coders }), { minLength: 1, maxLength: 8 }),
      );
    const method = fc.constantFrom(
      'analytic',
      'linearised',
      'jackknife',
      'percentile',
      'bca',
      'krippendorff',
    );
    const level = fc.constantFrom('nominal', 'ordinal', 'interval', 'ratio', 'circular', 'bipolar');
    const weights = fc.constantFrom(
      'identity',
      'linear',
      'quadratic',
      'ordinal',
      'radical',
      'ratio',
      'bipolar',
    );
    await fc.assert(
      fc.asyncProperty(study, method, level, weights, async (rows, ci, metric, scheme) => {
        const table = [(rows[0] ?? []).map((_, coder) => `c${coder}`), ...rows].join('\n');
        const args = ['--ci', ci, '--level', metric, '--weights', scheme, '--resamples', '20'];
        const { measures } = await json(table, '--measure', 'all', ...args);
        const figures = measures.flatMap((own): readonly unknown[] =>
          'forms' in own ? Object.values(own['forms'] as Record<string, unknown>) : [own],
        );
        for (const own of figures) {
          const { value, reason, ci: interval, benchmarks } = own as Record<string, unknown>;
          expect(typeof value === 'number' ? reason : typeof reason).toBe(
            typeof value === 'number' ? null : 'string',
          );
          if (interval !== null)
            expect(interval).toMatchObject({
              low: expect.any(Number) as number,
              high: expect.any(Number) as number,
            });
          expect(JSON.stringify(benchmarks ?? '')).not.toContain('null');
        }
      }),
      { numRuns: 60 },
    );
  });

  test('icc gives its six forms', async () => {
    const { forms } = await only(KRIPPENDORFF, 'icc');
    expect(Object.keys(forms as object)).toEqual(['icc1', 'icc1k', 'icc21', 'icc2k', 'icc31', 'icc3k']);
    expect(forms).toMatchObject({ icc1: { ci: { level: 0.95 } } });
  });

  test('one category: undefined, with its reason', async () => {
    expect(await only('a,b\nx,x\nx,x\n', 'krippendorff-alpha')).toMatchObject({
      value: null,
      ci: null,
      reason: expect.stringContaining('only one category') as string,
    });
  });

  test.each(['analytic', 'linearised', 'jackknife', 'percentile', 'bca', 'krippendorff'])(
    'the %s interval',
    async (method) => {
      const args = ['--ci', method, '--resamples', '200', '--confidence', '0.9'];
      expect(await only(KRIPPENDORFF, 'krippendorff-alpha', ...args)).toMatchObject({
        ci: { method, level: 0.9 },
      });
    },
  );

  test('no interval', async () => {
    expect(await only(KRIPPENDORFF, 'gwet-ac', '--ci', 'none')).toMatchObject({
      ci: null,
      se: null,
    });
  });

  test('seeds repeat and matter', async () => {
    const args = ['--ci', 'percentile', '--seed'];
    const once = await only(KRIPPENDORFF, 'gwet-ac', ...args, '5');
    expect(await only(KRIPPENDORFF, 'gwet-ac', ...args, '5')).toEqual(once);
    expect((await only(KRIPPENDORFF, 'gwet-ac', ...args, '6'))['ci']).not.toEqual(once['ci']);
  });

  test('benchmarks are probabilities of levels', async () => {
    const { benchmarks } = (await only(KRIPPENDORFF, 'gwet-ac')) as {
      benchmarks: Record<string, readonly { membership: number }[]>;
    };
    for (const levels of Object.values(benchmarks))
      expect(levels.reduce((sum, { membership }) => sum + membership, 0)).toBeCloseTo(1, 9);
  });

  test('diagnostics by category, coder, pair and unit', async () => {
    expect(await json(KRIPPENDORFF, '--diagnostics')).toMatchObject({
      diagnostics: {
        categories: [{ category: '1', specificAgreement: 0.7 }, {}, {}, {}, {}],
        coders: [{ coder: 'A', alphaWithout: expect.closeTo(0.714674, 6) as number }, {}, {}, {}],
        pairs: [
          { first: 'A', second: 'B', kappa: expect.closeTo(0.844828, 6) as number },
          {},
          {},
          {},
          {},
          {},
        ],
        coincidences: { categories: ['1', '2', '3', '4', '5'] },
      },
    });
  });

  test('people get a table with intervals, benchmarks and reasons', async () => {
    const { stdout } = await printed(KRIPPENDORFF, '--measure', 'krippendorff-alpha,cohen-kappa');
    expect(stdout).toContain('12 units × 4 coders: 41 ratings, 7 missing');
    expect(stdout).toMatch(/^krippendorff-alpha +0\.7434 +0\.42\d\d +1\.0000 +95 % analytic/mu);
    expect(stdout).toMatch(/^undefined: cohen-kappa\n {2}a measure of two coders/mu);
    expect(stdout).toMatch(/Almost Perfect.*\n.*krippendorff-alpha +\d+\.\d %/u);
  });
});

describe('layouts', () => {
  const long = 'unit,coder,value\nu1,A,x\nu1,B,x\nu2,A,y\nu2,B,x\n';

  test('long is known by its header, JSON by its bracket, tabs by the first line', async () => {
    const wide = await json('unit,A,B\nu1,x,x\nu2,y,x\n');
    expect(await json(long)).toEqual(wide);
    expect(await json(long.replaceAll(',', '\t'))).toEqual(wide);
    expect(await json('[{"unit":"u1","A":"x","B":"x"},{"unit":"u2","A":"y","B":"x"}]')).toEqual(wide);
    expect(await json('{"unit":"u1","A":"x","B":"x"}\n{"unit":"u2","A":"y","B":"x"}\n')).toEqual(wide);
    expect(await json('[["x","x"],["y","x"]]')).toEqual(wide);
    expect(await json('[["unit","A","B"],["u1","x","x"],["u2","y","x"]]')).toEqual(wide);
  });

  test('quotes, blanks, a byte order mark and Windows line ends are understood', async () => {
    const wide = await json('unit,A,B\nu1,x,x\nu2,y,x\n');
    expect(await json('\uFEFFunit, A ,"B"\r\n"u1",x,"x"\r\nu2, y ,x\r\n\r\n')).toEqual(wide);
  });

  test('an occasion is chosen, or occasions are compared', async () => {
    const table =
      'unit,coder,value,occasion\nu1,A,x,1\nu1,A,x,2\nu1,B,x,1\nu2,A,y,1\nu2,A,y,2\nu2,B,x,1\nu2,B,x,2\n';
    await expect(json(table)).rejects.toThrow(
      'stdin:3:1: A has a second value for u1 (the first is at 2:1); expected one',
    );
    expect(await json(table, '--occasion', '1')).toEqual(await json(long));
    expect(await json(table, '--intra-coder')).toMatchObject({ units: 4, coders: 2, ratings: 7 });
  });

  test('sets are recognised by | unless a level is stated', async () => {
    const table = 'A,B\na|b,b|a\na,a|c\nc,c\n|,|\n';
    expect(await only(table, 'krippendorff-alpha')).toMatchObject({ level: null, distance: 'masi' });
    expect(await only(table, 'krippendorff-alpha', '--distance', 'jaccard')).toMatchObject({
      distance: 'jaccard',
    });
    expect(await only(table, 'percent-agreement')).toMatchObject({ value: 0.75 });
    expect(await only(table, 'percent-agreement', '--level', 'nominal')).toMatchObject({ value: 0.5 });
    expect(
      await only('[[["a","b"],["b","a"]],[["a"],["a","c"]],["c","c"],[[],[]]]', 'percent-agreement'),
    ).toMatchObject({
      value: 0.75,
    });
  });

  test('coders are chosen, words are missing, categories are declared', async () => {
    const table = 'A,B,C\nx,x,NA\ny,x,z\n';
    const { stderr } = await printed(table);
    expect(stderr).toContain('“NA” is taken for a category');
    expect(await json(table, '--coders', 'A,B')).toEqual(await json('A,B\nx,x\ny,x\n'));
    expect(await json(table, '--missing', 'NA')).toMatchObject({ ratings: 5, missing: 1, categories: 3 });
    expect(
      await json('A,B\nlow,low\nhigh,mid\n', '--level', 'ordinal', '--categories', 'low,mid,high'),
    ).toMatchObject({ scale: 'ordered', categories: 3 });
  });

  test('wide and long layouts of one study give the same report', async () => {
    const cell = fc.option(fc.constantFrom('1', '2', '3', '4'), { nil: '', freq: 4 });
    const study = fc
      .integer({ min: 2, max: 5 })
      .chain((coders) =>
        fc.array(fc.array(cell, { minLength: coders, maxLength: coders }), { minLength: 1, maxLength: 12 }),
      );
    const pieceSize = fc.integer({ min: 1, max: 40 });
    await fc.assert(
      fc.asyncProperty(study, pieceSize, async (rows, size) => {
        const coders = (rows[0] ?? []).map((_, coder) => `c${coder}`);
        const wide = [`id,${coders.join(',')}`, ...rows.map((row, unit) => `u${unit},${row.join(',')}`)].join(
          '\n',
        );
        const long = [
          'coder,value,unit',
          ...rows.flatMap((row, unit) => row.map((value, coder) => `"c${coder}",${value},u${unit}`)),
        ].join('\n');
        const args = ['--measure', 'all', '--diagnostics', '--ci', 'percentile', '--resamples', '20'];
        const pieces = long.match(new RegExp(`[^]{1,${size}}`, 'gu')) ?? [];
        expect(await json(pieces, ...args)).toEqual(await json(wide, ...args));
      }),
      { numRuns: 60 },
    );
  });
});

describe('weights of a file', () => {
  const table = `x,y\n${COHEN.join('\n')}`;

  test('disagreements, as in Cohen 1968: .348', async () => {
    const own = file('cohen.csv', '0,1,3\n1,0,6\n3,6,0\n');
    const kappa = await only(table, 'cohen-kappa', '--weights', own);
    expect(kappa).toMatchObject({ weights: 'custom' });
    expect(kappa['value']).toBeCloseTo(0.3478260869565216, 9);
  });

  test('named categories may stand in any order', async () => {
    const plain = file('plain.csv', '1,0.5,0\n0.5,1,0.2\n0,0.2,1\n');
    const named = file('named.csv', ',2,0,1\n2,1,0,0.2\n0,0,1,0.5\n1,0.2,0.5,1\n');
    const header = file('header.csv', '2,0,1\n1,0,0.2\n0,1,0.5\n0.2,0.5,1\n');
    const wanted = await json(table, '--weights', plain);
    expect(await json(table, '--weights', named)).toEqual(wanted);
    expect(await json(table, '--weights', header)).toEqual(wanted);
  });

  test.each([
    ['1,0\n0,1\n', 'there are 2 rows; expected 3, for 0, 1, 2'],
    ['1,0,0\n0,1\n0,0,1\n', ':2:1: the row has 2 weights; expected 3'],
    ['1,0,x\n0,1,0\n0,0,1\n', ':1:3: “x” is no weight'],
    ['1,0,0\n0,2,0\n0,0,1\n', 'the diagonal is 1, 2, 1; expected 1 throughout'],
  ])('%j is refused', async (content, message) => {
    await expect(json(table, '--weights', file('bad.csv', content))).rejects.toThrow(message);
  });
});

describe('alpha for unitizing', () => {
  test('Krippendorff’s stretches: columns coder, start, end, category', async () => {
    const table =
      'coder,start,end,category\n0,225,295,c\n0,370,400,c\n1,220,300,c\n1,355,375,c\n1,400,420,c\n';
    const args = ['--continuum', '150:450'];
    const alpha = await only(table, 'alpha-u', ...args);
    expect(alpha).toMatchObject({ measure: 'alpha-u', categories: [{ category: 'c' }] });
    expect(alpha['value']).toBeGreaterThan(0.5);
    expect(await only(`${table}2,,,\n`, 'alpha-u', ...args)).toMatchObject({ used: { coders: 3 } });
    const { stdout } = await printed(table, '--measure', 'alpha-u', ...args);
    expect(stdout).toContain('5 stretches by 2 coders, from 150 to 450');
  });

  test.each([
    ['coder,start,end,category\na,1,1,x\n', 'stdin:2:1: the stretch ends at 1; expected an end after 1'],
    ['coder,start,end,category\na,1,1.5,x\n', 'stdin:2:1: the end is “1.5”; expected a whole number'],
    ['coder,start,end,category\na,1,5,x\na,3,6,x\nb,1,2,x\n', 'overlapping units'],
    ['coder,start,end,category\na,1,5,x\n', 'at least two coders'],
  ])('%j is refused', async (table, message) => {
    await expect(json(table, '--measure', 'alpha-u')).rejects.toThrow(message);
  });
});

describe('what is off is told with its place', () => {
  test.each([
    ['empty', '', [], 'stdin:1:1: the file is empty; expected a header'],
    ['one coder', 'unit,A\nu,1\n', [], 'stdin:1:1: the header names one coder; expected two or more'],
    ['a coder twice', 'A,A\n1,1\n', [], 'stdin:1:2: the coder A has a second column'],
    ['no name', 'A,\n1,1\n', [], 'stdin:1:2: the header is empty here'],
    ['short row', 'A,B\n1,1\n1\n', [], 'stdin:3:1: the row has 1 columns; expected 2'],
    ['long row', 'A,B\n1,1\n1,2,3\n', [], 'stdin:3:1: the row has 3 columns; expected 2'],
    [
      'a unit twice',
      'unit,A,B\nu,1,1\nu,1,2\n',
      [],
      'stdin:3:1: the unit u stands here again; expected it once (line 2',
    ],
    [
      'no number',
      'A,B\n1,1\n1,"x"\n',
      ['--level', 'interval'],
      'stdin:3:2: “x” is no number; expected one for --level interval',
    ],
    [
      'no number for weights',
      'A,B\n1,y\n',
      ['--weights', 'linear'],
      'stdin:2:2: “y” is no number; expected one for --weights linear',
    ],
    [
      'undeclared',
      'A,B\n1,1\n1,9\n',
      ['--categories', '1,2'],
      'stdin:3:2: “9” is no declared category; expected one of 1, 2',
    ],
    ['open quote', 'A,B\n1,"1\n', [], 'stdin:2:2: a quote is never closed'],
    ['no such coder', 'A,B\n1,1\n', ['--coders', 'A,C'], 'stdin: there is no coder C; expected one of A, B'],
    [
      'no such occasion',
      'unit,coder,value,occasion\nu,a,x,1\n',
      ['--occasion', '2'],
      'no row has the occasion 2',
    ],
    ['no occasions', 'A,B\n1,1\n', ['--occasion', '2'], 'a wide table has no occasions'],
    [
      'no column',
      'unit,coder\nu,a\n',
      ['--layout', 'long'],
      'stdin:1:1: the header has no column “value” or “rating” or “label”',
    ],
    ['no unit', 'unit,coder,value\n,a,1\n', [], 'stdin:2:1: the unit is empty'],
    ['lone coder', 'unit,coder,value\nu,a,1\n', [], 'there is only one coder, a; expected two or more'],
    ['broken JSON', '[{"unit":"u","A":1,}]', [], 'stdin:1:20: this is no JSON'],
    ['JSON of another kind', '[1]', [], 'stdin:1:2: this is no object; expected a row'],
    [
      'a JSON row',
      '[["unit","A","B"],\n  ["u",1,2],\n  ["u",1,2]]',
      [],
      'stdin:3:3: the unit u stands here again',
    ],
    [
      'a JSON number',
      '[{"A":1,"B":2},\n {"A":"x","B":2}]',
      ['--level', 'ratio'],
      'stdin:2:2: “x” is no number',
    ],
    [
      'no such measure',
      KRIPPENDORFF,
      ['--measure', 'kappa'],
      '--measure is kappa; expected percent-agreement',
    ],
    ['no such weights', KRIPPENDORFF, ['--weights', 'cubic'], '--weights is cubic; expected identity'],
    [
      'distance of numbers',
      KRIPPENDORFF,
      ['--distance', 'masi', '--level', 'interval'],
      'expected one of the two',
    ],
    ['alpha-u with others', KRIPPENDORFF, ['--measure', 'alpha-u,icc'], 'expected it alone'],
    ['no option', KRIPPENDORFF, ['--colour'], "Unknown option '--colour'"],
    [
      'no confidence',
      KRIPPENDORFF,
      ['--confidence', '95'],
      '--confidence is 95; expected a number between 0 and 1',
    ],
    ['one resample', KRIPPENDORFF, ['--resamples', '1'], '--resamples is 1; expected a whole number from 2'],
  ])('%s', async (_, input, args, message) => {
    await expect(printed(input, ...args)).rejects.toThrow(UsageError);
    await expect(printed(input, ...args)).rejects.toThrow(message);
  });

  test('bytes that are no text', async () => {
    const terminal = { stdin: Readable.from([Buffer.from('A,B\n1,1\n'), Buffer.from([0x31, 0xff, 0x0a])]) };
    const sink = { stdout: new PassThrough(), stderr: new PassThrough() };
    await expect(run(['-'], { ...terminal, ...sink })).rejects.toThrow('stdin:3:1: the line is not UTF-8');
  });

  test('a file that is not there', async () => {
    const terminal = { stdin: Readable.from([]), stdout: new PassThrough(), stderr: new PassThrough() };
    await expect(run(['nowhere.csv'], terminal)).rejects.toThrow(
      "nowhere.csv: the file can't be read (ENOENT)",
    );
  });
});
