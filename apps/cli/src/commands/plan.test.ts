import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { correlationInterval } from '@casebook/agreement';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../usage.ts';
import { run } from './plan.ts';

async function printed(...args: string[]): Promise<string> {
  const stdout = new PassThrough();
  const terminal = { stdin: Readable.from([]), stdout, stderr: new PassThrough() };
  expect(await run(args, terminal)).toBe(0);
  stdout.end();
  return text(stdout);
}

interface Report {
  readonly formula: { readonly units: number };
  readonly simulation: { readonly meanWidth: number; readonly coverage: number } | null;
}

async function planned(...args: string[]): Promise<Report> {
  return JSON.parse(await printed(...args, '--json')) as Report;
}

describe('agreement', () => {
  test('units by formula lead to intervals of the planned width', async () => {
    const args = ['agreement', '--width', '0.2', '--coders', '3', '--categories', '3', '--studies', '200'];
    const report = await planned(...args);
    expect(report).toMatchObject({
      plan: 'agreement',
      measure: 'krippendorff-alpha',
      seed: 1,
      expected: 0.7,
    });
    expect(Math.abs((report.simulation?.meanWidth ?? 0) - 0.2)).toBeLessThan(0.02);
    expect(await planned(...args)).toEqual(report);
  });

  test('skewed shares need more units', async () => {
    const args = ['agreement', '--width', '0.2', '--studies', '0', '--categories'];
    const even = await planned(...args, '3');
    const skewed = await planned(...args, '0.8,0.15,0.05');
    expect(skewed.formula.units).toBeGreaterThan(even.formula.units);
    expect(even.simulation).toBeNull();
  });

  test('ICC as Bonett 2002 has it: 68 units for .7, width .2, three coders', async () => {
    const report = await planned('agreement', '--width', '0.2', '--measure', 'icc', '--studies', '300');
    expect(report.formula.units).toBe(68);
    expect(Math.abs((report.simulation?.meanWidth ?? 0) - 0.2)).toBeLessThan(0.02);
    expect(report.simulation?.coverage).toBeGreaterThan(0.9);
  });
});

describe('correlation', () => {
  test.each(['spearman', 'pearson', 'kendall'] as const)('pairs for %s', async (kind) => {
    const report = await planned('correlation', '--width', '0.15', '--correlation', kind, '--studies', '200');
    const widthOf = (pairs: number): number => {
      const interval = correlationInterval(kind, 0.5, pairs);
      return interval === null ? Infinity : interval.high - interval.low;
    };
    expect(widthOf(report.formula.units)).toBeLessThanOrEqual(0.15);
    expect(widthOf(report.formula.units - 1)).toBeGreaterThan(0.15);
    expect(report.simulation?.coverage).toBeGreaterThan(0.9);
  });
});

describe('split-half', () => {
  test('units, the projection to fewer coders, and the coders that are wanted', async () => {
    const report = await planned(
      'split-half',
      '--width',
      '0.1',
      '--coders',
      '4',
      '--wanted',
      '0.9',
      '--studies',
      '100',
    );
    expect(report).toMatchObject({
      plan: 'split-half',
      // A reliability of .8 with four coders is .5 with one; nine reach .9.
      codersWanted: 9,
      projection: [{ coders: 1, reliability: expect.closeTo(0.5, 9) as number }, {}, {}, { coders: 4 }],
    });
    expect(Math.abs((report.simulation?.meanWidth ?? 0) - 0.1)).toBeLessThan(0.02);
    expect(report.simulation?.coverage).toBeGreaterThan(0.9);
  });
});

test('people get sentences', async () => {
  const shown = await printed('split-half', '--width', '0.1', '--coders', '4', '--studies', '20');
  expect(shown).toContain('split-half reliability of about 0.8 with 4 coders');
  expect(shown).toMatch(/^\d+ units for 95 % intervals of width 0\.1$/mu);
  expect(shown).toMatch(/^20 simulated studies of \d+ units, seed 1$/mu);
});

test.each([
  [[], 'the plan is missing; expected one'],
  [['kappa', '--width', '0.1'], 'the plan is kappa; expected agreement or correlation'],
  [['agreement'], '--width is missing; expected a number between 0 and 2'],
  [['agreement', '--width', '0.1', '--coders', '1'], '--coders is 1; expected a whole number from 2'],
  [['agreement', '--width', '0.1', '--categories', '0.5,0.4'], '--categories add up to 0.9'],
  [['agreement', '--width', '0.1', '--measure', 'icc', '--missing', '0.2'], 'are for krippendorff-alpha'],
  [['correlation', '--width', '0.1', '--coders', '3'], '--coders is not for plan correlation'],
  [
    ['correlation', '--width', '0.1', '--expected', '1'],
    '--expected is 1; expected a number between -1 and 1',
  ],
])('%j is refused', async (args, message) => {
  await expect(printed(...args)).rejects.toThrow(UsageError);
  await expect(printed(...args)).rejects.toThrow(message);
});
