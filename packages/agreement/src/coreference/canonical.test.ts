import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type CoreferenceReport, scoreCoreference } from './score-documents.ts';

const FILE = new URL('../../../../../shared/canonical/agreement.json', import.meta.url);

type Chains = readonly (readonly (readonly [number, number])[])[];
type Triple = readonly [number, number, number];
type Expected = Readonly<Record<string, unknown>> & {
  readonly without_singletons?: Readonly<Record<string, unknown>>;
};
interface Entry {
  readonly id: string;
  readonly data: {
    readonly key: Readonly<Record<string, Chains>>;
    readonly response: Readonly<Record<string, Chains>>;
  };
  readonly expected: Expected;
  readonly tolerance: number;
}

function entries(): Entry[] {
  if (!existsSync(FILE)) return [];
  const { entries: all } = JSON.parse(readFileSync(FILE, 'utf8')) as { entries: Entry[] };
  return all.filter(({ id }) => id.startsWith('coref/'));
}

/** The file's inputs for these two lack the mention that the response holds twice; scorer-cases.test.ts reads them whole. */
const WITHOUT_DUPLICATE = new Set(['coref/TC-A-7', 'coref/TC-A-9']);

const METRICS = ['mentions', 'muc', 'bcub', 'ceafm', 'ceafe', 'blanc', 'lea'] as const;

const cases = entries().filter(({ id }) => !WITHOUT_DUPLICATE.has(id));

test.skipIf(cases.length > 0)('shared/canonical is absent: its cases are skipped', () => {
  expect(cases).toEqual([]);
});

describe.each(cases.map((entry) => [entry.id, entry] as const))('%s', (_, { data, expected, tolerance }) => {
  const documents = Object.entries(data.key).map(([id, key]) => ({
    id,
    key: chains(key),
    response: chains(data.response[id] ?? []),
  }));

  test('scores', () => {
    const report = scoreCoreference(documents);
    checkAll(report, expected, tolerance);
    expectNear(report.blanc?.coreference, expected['blanc_coref'], tolerance, 'coreference links');
    expectNear(report.blanc?.nonCoreference, expected['blanc_noncoref'], tolerance, 'non-coreference links');
    expectNear(
      report.mentionOverlap ?? undefined,
      expected['mention_overlap_ratio'],
      tolerance,
      'mention overlap',
    );
    if (typeof expected['conll_f1'] === 'number') {
      expect(Math.abs((report.conll?.f1 ?? -1) - expected['conll_f1'])).toBeLessThanOrEqual(tolerance);
    }
  });

  const { without_singletons: dropped } = expected;
  test.skipIf(dropped === undefined)('scores without singletons', () => {
    checkAll(scoreCoreference(documents, { singletons: 'drop' }), dropped ?? {}, tolerance);
  });
});

function chains(own: Chains) {
  return own.map((chain) => chain.map(([start, last]) => ({ ranges: [[start, last + 1]] as const })));
}

function checkAll(
  report: CoreferenceReport,
  expected: Readonly<Record<string, unknown>>,
  tolerance: number,
): void {
  for (const metric of METRICS) expectNear(report[metric], expected[metric], tolerance, metric);
}

function expectNear(
  score: { recall: number; precision: number; f1: number } | undefined,
  expected: unknown,
  tolerance: number,
  of: string,
): void {
  if (!isTriple(expected)) return;
  const found = [score?.recall ?? -1, score?.precision ?? -1, score?.f1 ?? -1];
  for (const [place, value] of expected.entries()) {
    expect(
      Math.abs((found[place] ?? -1) - value),
      `${of}: ${found.join(' ')} for ${expected.join(' ')}`,
    ).toBeLessThanOrEqual(tolerance);
  }
}

function isTriple(value: unknown): value is Triple {
  return Array.isArray(value) && value.length === 3 && value.every((part) => typeof part === 'number');
}
