import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, describe, expect, test } from 'vitest';
import { run } from './agreement.ts';

/**
 * Writes the shared cases as files, puts them through the terminal and compares what it prints. They lie beside a full
 * checkout, not in the repository; without them these tests are skipped.
 */
const shared = new URL('../../../../../shared/canonical/agreement.json', import.meta.url);
const present = existsSync(shared);

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type Fields = Readonly<Record<string, Json>>;

interface Case {
  readonly id: string;
  readonly measure: string;
  readonly weights: string;
  readonly data: Fields;
  readonly expected: Fields;
  readonly tolerance: Json;
}

function fieldsOf(json: Json | undefined): Fields {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new Error('no object');
  return json as Fields;
}

function listOf(json: Json | undefined): readonly Json[] {
  if (!Array.isArray(json)) throw new Error('no list');
  return json as readonly Json[];
}

function textOf(json: Json | undefined): string {
  if (typeof json !== 'string' && typeof json !== 'number') throw new Error('no word');
  return String(json);
}

const folder = mkdtempSync(join(tmpdir(), 'casebook-canonical-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function written(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** The measures that `casebook agreement` prints for a file, by name. */
async function measured(
  file: string,
  ...args: string[]
): Promise<{ report: Fields; by: Map<string, Fields> }> {
  const stdout = new PassThrough();
  const terminal = { stdin: Readable.from([]), stdout, stderr: new PassThrough() };
  expect(await run([file, ...args, '--json'], terminal)).toBe(0);
  stdout.end();
  const report = fieldsOf(JSON.parse(await text(stdout)) as Json);
  const entries = listOf(report['measures']).map(fieldsOf);
  return { report, by: new Map(entries.map((entry) => [textOf(entry['measure']), entry])) };
}

function wide(rows: readonly Json[]): string {
  const cells = rows.map((row) => listOf(row).map((cell) => (cell === null ? '' : textOf(cell))));
  const header = (cells[0] ?? []).map((_, coder) => `c${coder}`);
  return [header, ...cells].map((row) => row.join(',')).join('\n');
}

function near(found: Json | undefined, wanted: Json | undefined, tolerance: number, what: string): void {
  if (typeof found !== 'number' || typeof wanted !== 'number') {
    throw new Error(`${what} is ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}`);
  }
  expect(Math.abs(found - wanted), `${what}: ${found} instead of ${wanted}`).toBeLessThanOrEqual(tolerance);
}

/** Value, standard error and interval, as far as they are given. */
function nearFigure(
  found: Fields | undefined,
  wanted: Json | undefined,
  tolerance: number,
  what: string,
): void {
  const own = fieldsOf(wanted);
  near(found?.['value'], own['value'], tolerance, what);
  if (own['se'] !== undefined) near(found?.['se'], own['se'], tolerance, `${what} se`);
  if (own['ci95'] === undefined) return;
  const [low, high] = listOf(own['ci95']);
  const ci = fieldsOf(found?.['ci']);
  near(ci['low'], low, tolerance, `${what} low`);
  near(ci['high'], high, tolerance, `${what} high`);
}

const KEYS: readonly (readonly [string, string])[] = [
  ['percent_agreement', 'percent-agreement'],
  ['gwet_ac', 'gwet-ac'],
  ['fleiss_kappa', 'fleiss-kappa'],
  ['conger_kappa', 'conger-kappa'],
  ['brennan_prediger', 'bennett-s'],
  ['krippendorff_alpha', 'krippendorff-alpha'],
  ['cohen_kappa', 'cohen-kappa'],
  ['scott_pi', 'scott-pi'],
];

function weightArgs(weights: string): string[] {
  return weights === 'unweighted' ? [] : ['--weights', weights];
}

async function suite({ data, expected, weights, tolerance }: Case): Promise<void> {
  const file = written('suite.csv', wide(listOf(data['ratings'])));
  const { by } = await measured(file, '--measure', 'all', ...weightArgs(weights));
  for (const [key, name] of KEYS)
    if (expected[key] !== undefined) nearFigure(by.get(name), expected[key], Number(tolerance), name);
}

function unitsOf(table: Json | undefined): { rows: string[][]; categories: string } {
  const counts = listOf(table).map((row) => listOf(row).map(Number));
  return {
    rows: counts.flatMap((row, i) =>
      row.flatMap((count, j) => Array.from({ length: count }, () => [String(i + 1), String(j + 1)])),
    ),
    categories: counts.map((_, category) => category + 1).join(','),
  };
}

async function twoCoders({ data, expected, weights, tolerance }: Case): Promise<void> {
  const { rows, categories } = unitsOf(data['table']);
  const args = ['--categories', categories, '--divisor', 'n', ...weightArgs(weights)];
  const { by } = await measured(written('two.csv', wide(rows)), '--measure', 'all', ...args);
  for (const [key, name] of KEYS)
    if (expected[key] !== undefined) nearFigure(by.get(name), expected[key], Number(tolerance), name);
}

async function alpha({ id, data, expected, tolerance }: Case): Promise<void> {
  const isLong = data['kind'] === 'long';
  const content = isLong
    ? ['coder,item,label', ...listOf(data['rows']).map(longRow)].join('\n')
    : wide(listOf(data['ratings']));
  const file = written('alpha.csv', content);
  const levels = ['nominal', 'ordinal', 'interval', 'ratio'].filter((level) => expected[level] !== undefined);
  for (const level of levels) {
    const { by } = await measured(file, '--measure', 'krippendorff-alpha', '--level', level);
    near(by.get('krippendorff-alpha')?.['value'], expected[level], Number(tolerance), level);
  }
  if (levels.length > 0) return;
  const { by } = await measured(file, '--measure', 'all');
  const own = by.get('krippendorff-alpha');
  if (id !== 'degenerate/one_category') {
    near(own?.['value'], expected['value'] ?? expected['alpha'], Number(tolerance), 'alpha');
    return;
  }
  expect(own).toMatchObject({ value: null, reason: expect.stringContaining('one category') as string });
  near(by.get('percent-agreement')?.['value'], expected['pa'], Number(tolerance), 'percent agreement');
}

function longRow(row: Json): string {
  const { coder, item, label } = fieldsOf(row);
  return [coder, item, label].map(textOf).join(',');
}

const DISTANCES: readonly (readonly [string, readonly string[]])[] = [
  ['masi', ['--distance', 'masi']],
  ['passonneau2004', ['--distance', 'passonneau']],
  ['jaccard', ['--distance', 'jaccard']],
  ['dice', ['--distance', 'dice']],
  ['nominal', ['--weights', 'identity']],
];

async function sets(rows: Json, { expected, tolerance }: Case): Promise<void> {
  const file = written('sets.json', JSON.stringify(rows));
  for (const [key, args] of DISTANCES) {
    if (expected[key] === undefined) continue;
    const { by } = await measured(file, '--measure', 'krippendorff-alpha', ...args);
    near(by.get('krippendorff-alpha')?.['value'], expected[key], Number(tolerance), key);
  }
}

/** A mention's value is the set of mentions in its chain, with itself or without. */
function chainRows({ id, data }: Case): Json {
  const withSelf = !id.endsWith('exclself');
  const coders = listOf(data['partitions']).map((chains) => {
    const lists = listOf(chains).map((chain) => listOf(chain).map(textOf));
    return new Map(
      lists.flatMap((chain) =>
        chain.map((own) => [own, withSelf ? chain : chain.filter((other) => other !== own)] as const),
      ),
    );
  });
  const mentions = new Set(coders.flatMap((coder) => [...coder.keys()]));
  return [...mentions].map((unit): Json => {
    const row: Record<string, Json> = { unit };
    for (const [place, coder] of coders.entries()) row[`c${place}`] = coder.get(unit) ?? null;
    return row;
  });
}

async function bootstrap({ data, expected, weights, tolerance }: Case): Promise<void> {
  const file = written('boot.csv', wide(listOf(data['ratings'])));
  const within = fieldsOf(tolerance);
  const own = async (method: string): Promise<Fields> => {
    const args = ['--measure', 'krippendorff-alpha', '--level', weights, '--ci', method];
    const { by } = await measured(file, ...args, '--resamples', '20000', '--seed', '7');
    return by.get('krippendorff-alpha') ?? {};
  };
  for (const method of ['percentile', 'bca']) {
    const figure = await own(method);
    const name = `${method}95`;
    near(figure['se'], expected['boot_se'], Number(within['boot_se']), 'boot_se');
    nearFigure(
      figure,
      { value: expected['alpha'] ?? null, ci95: expected[name] ?? [] },
      Number(within[name]),
      name,
    );
  }
  const figure = await own('jackknife');
  near(figure['se'], expected['jackknife_se'], Number(within['jackknife_se']), 'jackknife');
}

async function diagnostics({ data, expected, tolerance }: Case): Promise<void> {
  const { report } = await measured(written('d.csv', wide(listOf(data['ratings']))), '--diagnostics');
  const { categories, coders, units, pairs } = fieldsOf(report['diagnostics']);
  const within = Number(tolerance);
  for (const own of listOf(categories).map(fieldsOf)) {
    const name = textOf(own['category']);
    near(own['alpha'], fieldsOf(expected['alpha_one_vs_rest_by_category'])[name], within, name);
    near(own['specificAgreement'], fieldsOf(expected['specific_agreement_by_category'])[name], within, name);
  }
  for (const [place, own] of listOf(coders).map(fieldsOf).entries()) {
    const wanted = fieldsOf(expected['alpha_leave_one_rater_out'])[String(place)];
    near(own['alphaWithout'], wanted, within, `without ${place}`);
  }
  for (const [place, own] of listOf(units).map(fieldsOf).entries()) {
    const wanted = listOf(expected['alpha_item'])[place];
    if (wanted === null) expect(own['alpha']).toMatchObject({ value: null });
    else near(own['alpha'], wanted, within, `unit ${place}`);
  }
  for (const own of listOf(pairs).map(fieldsOf)) {
    const name = [own['first'], own['second']].map((coder) => textOf(coder).slice(1)).join(',');
    const wanted = fieldsOf(expected['pairwise_cohen_kappa_on_shared_items'])[name];
    if (wanted === null) expect(own['kappa']).toMatchObject({ value: null });
    else near(own['kappa'], wanted, within, `kappa of ${name}`);
  }
}

const ICCS: readonly (readonly [string, string])[] = [
  ['oneway consistency single', 'icc1'],
  ['oneway consistency average', 'icc1k'],
  ['twoway agreement single', 'icc21'],
  ['twoway agreement average', 'icc2k'],
  ['twoway consistency single', 'icc31'],
  ['twoway consistency average', 'icc3k'],
];

const RUNNERS: Readonly<Record<string, (entry: Case) => Promise<void>>> = {
  chance_corrected_suite: suite,
  two_rater_suite: twoCoders,
  krippendorff_alpha: alpha,
  krippendorff_alpha_set: (entry) => sets(listOf(entry.data['ratings']), entry),
  krippendorff_alpha_chains: (entry) => sets(chainRows(entry), entry),
  krippendorff_alpha_bootstrap: bootstrap,
  diagnostics,
  light_kappa: async ({ data, expected, tolerance }) => {
    const { by } = await measured(
      written('l.csv', wide(listOf(data['ratings']))),
      '--measure',
      'light-kappa',
    );
    near(by.get('light-kappa')?.['value'], expected['value'], Number(tolerance), 'Light');
  },
  kendall_w: async ({ data, expected, tolerance }) => {
    const { by } = await measured(written('w.csv', wide(listOf(data['ratings']))), '--measure', 'kendall-w');
    near(by.get('kendall-w')?.['value'], expected['value'], Number(tolerance), 'W');
  },
  icc: async ({ data, expected, tolerance }) => {
    const { by } = await measured(written('icc.csv', wide(listOf(data['ratings']))), '--measure', 'icc');
    const forms = fieldsOf(by.get('icc')?.['forms']);
    for (const [key, form] of ICCS) nearFigure(fieldsOf(forms[form]), expected[key], Number(tolerance), key);
  },
  cohen_kappa_weighted: async ({ data, expected, tolerance }) => {
    const matrix = listOf(data['disagreement']).map((row) => listOf(row).map(textOf).join(','));
    const { rows, categories } = unitsOf(data['table']);
    const args = ['--categories', categories, '--weights', written('weights.csv', matrix.join('\n'))];
    const { by } = await measured(written('c.csv', wide(rows)), '--measure', 'cohen-kappa', ...args);
    near(by.get('cohen-kappa')?.['value'], expected['value'], Number(tolerance), 'weighted kappa');
  },
  fleiss_kappa_per_category: async ({ data, expected, tolerance }) => {
    const file = written('f.csv', wide(listOf(data['ratings'])));
    const { report, by } = await measured(file, '--measure', 'fleiss-kappa', '--diagnostics');
    near(by.get('fleiss-kappa')?.['value'], expected['overall'], Number(tolerance), 'overall');
    for (const own of listOf(fieldsOf(report['diagnostics'])['categories']).map(fieldsOf)) {
      const wanted = fieldsOf(expected['perCategory'])[textOf(own['category'])];
      near(own['fleissKappa'], wanted, Number(tolerance), textOf(own['category']));
    }
  },
  krippendorff_alpha_u: async ({ data, expected, tolerance }) => {
    const stretches = listOf(data['units']).map((unit) => {
      const { rater, offset, length, category } = fieldsOf(unit);
      return [rater, offset, Number(offset) + Number(length), category].map((cell) => textOf(cell)).join(',');
    });
    const file = written('u.csv', ['coder,start,end,category', ...stretches].join('\n'));
    const begin = Number(data['begin']);
    const bounds = `${begin}:${begin + Number(data['length'])}`;
    const { by } = await measured(file, '--measure', 'alpha-u', '--continuum', bounds);
    near(by.get('alpha-u')?.['value'], expected['value'], Number(tolerance), 'alphaU');
    for (const own of listOf(by.get('alpha-u')?.['categories']).map(fieldsOf)) {
      const name = textOf(own['category']);
      near(own['alpha'], fieldsOf(expected['byCategory'])[name], Number(tolerance), name);
      near(own['observed'], fieldsOf(expected['observed'])[name], Number(tolerance), `observed ${name}`);
    }
  },
};

describe.skipIf(!present)('the shared cases through the terminal (skipped where ../shared is absent)', () => {
  const parsed = present ? fieldsOf(JSON.parse(readFileSync(shared, 'utf8')) as Json) : {};
  const entries = listOf(parsed['entries'] ?? []).map((entry): Case => {
    const { id, measure, weights, data, expected, tolerance } = fieldsOf(entry);
    return {
      id: textOf(id),
      measure: textOf(measure),
      weights: textOf(weights),
      data: fieldsOf(data),
      expected: fieldsOf(expected),
      tolerance: tolerance ?? 1e-9,
    };
  });
  for (const entry of entries) {
    const runner = RUNNERS[entry.measure];
    // Tables of units × categories name no coders: the terminal reads ratings.
    if (runner === undefined || entry.data['kind'] === 'counts') continue;
    test(entry.id, () => runner(entry));
  }
});
