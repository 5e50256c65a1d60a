import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { CoreferenceMention } from './mention.ts';
import { scoreCoreference } from './score-documents.ts';
import { entities } from './testing/braces.ts';

type Triple = readonly [recall: number, precision: number, f1: number];
interface Case {
  readonly key: string;
  readonly response: string;
  readonly muc?: readonly [number, number];
  readonly bcub?: readonly [number, number];
  readonly ceafm?: readonly [number, number];
  readonly ceafe?: readonly [number, number];
  /** Recall and precision of coreference links, then of non-coreference links; null where the key has none. */
  readonly blanc?: readonly [readonly [number, number] | null, readonly [number, number] | null];
}

const A = '{a} {bc} {def}';
const ONE = '{abcdef}';
const SINGLE = '{a} {b} {c} {d} {e} {f}';
const A4 = {
  muc: [1 / 3, 1 / 3],
  bcub: [5 / 9, 17 / 42],
  ceafm: [4 / 6, 4 / 7],
  ceafe: [2.2 / 3, 2.2 / 4],
} as const;

/**
 * The 36 cases of the reference scorers (Pradhan et al. 2014 and Luo et al. 2014) with what their README states. In
 * the mention b occurs again; it is left out, as the README says under de-duplication.
 */
const CASES: Readonly<Record<string, Case>> = {
  'A-1': {
    key: A,
    response: A,
    muc: [1, 1],
    bcub: [1, 1],
    ceafm: [1, 1],
    ceafe: [1, 1],
    blanc: [
      [1, 1],
      [1, 1],
    ],
  },
  'A-2': {
    key: A,
    response: '{a} {de}',
    muc: [1 / 3, 1],
    bcub: [7 / 18, 1],
    ceafm: [1 / 2, 1],
    ceafe: [1.8 / 3, 1.8 / 2],
    blanc: [
      [1 / 4, 1],
      [2 / 11, 1],
    ],
  },
  'A-3': {
    key: A,
    response: '{a} {bcx} {defy} {z}',
    muc: [1, 3 / 5],
    bcub: [1, 55 / 108],
    ceafm: [1, 6 / 9],
    ceafe: [(1 + 4 / 5 + 6 / 7) / 3, (1 + 4 / 5 + 6 / 7) / 4],
    blanc: [
      [1, 4 / 9],
      [1, 11 / 27],
    ],
  },
  'A-4': {
    key: A,
    response: '{a} {bcx} {dy} {z}',
    ...A4,
    blanc: [
      [1 / 4, 1 / 4],
      [5 / 11, 5 / 17],
    ],
  },
  'A-5': {
    key: A,
    response: '{a} {bcxB} {dy} {z}',
    muc: [1 / 3, 1 / 4],
    bcub: [5 / 9, 5 / 16],
    ceafm: [4 / 6, 4 / 8],
    ceafe: [(1 + 4 / 6 + 2 / 5) / 3, (1 + 4 / 6 + 2 / 5) / 4],
    blanc: [
      [1 / 4, 1 / 7],
      [5 / 11, 5 / 21],
    ],
  },
  'A-6': {
    key: A,
    response: '{a} {bcx} {dy} {Bz}',
    muc: [1 / 3, 1 / 4],
    bcub: [5 / 9, 17 / 48],
    ceafm: [4 / 6, 4 / 8],
    ceafe: [2.2 / 3, 2.2 / 4],
    blanc: [
      [1 / 4, 1 / 5],
      [5 / 11, 5 / 23],
    ],
  },
  'A-7': {
    key: A,
    response: '{a} {bcxb} {dy} {z}',
    ...A4,
    blanc: [
      [1 / 4, 1 / 4],
      [5 / 11, 5 / 17],
    ],
  },
  'A-8': {
    key: A,
    response: '{a} {bcx} {dy} {bz}',
    ...A4,
    blanc: [
      [1 / 4, 1 / 4],
      [5 / 11, 5 / 17],
    ],
  },
  'A-9': {
    key: A,
    response: '{a} {bcx} {dy} {bbbbbbbbbbz}',
    ...A4,
    blanc: [
      [1 / 4, 1 / 4],
      [5 / 11, 5 / 17],
    ],
  },
  'A-10': {
    key: A,
    response: SINGLE,
    muc: [0, 0],
    bcub: [1 / 2, 1],
    blanc: [
      [0, 0],
      [1, 11 / 15],
    ],
  },
  'A-11': {
    key: A,
    response: ONE,
    muc: [1, 3 / 5],
    bcub: [1, 7 / 18],
    blanc: [
      [1, 4 / 15],
      [0, 0],
    ],
  },
  'A-12': {
    key: A,
    response: '{a} {x} {y} {c} {d} {e} {z}',
    muc: [0, 0],
    bcub: [13 / 36, 4 / 7],
    blanc: [
      [0, 0],
      [5 / 11, 5 / 21],
    ],
  },
  'A-13': {
    key: A,
    response: '{axycdez}',
    muc: [1 / 3, 1 / 6],
    bcub: [17 / 36, 6 / 49],
    blanc: [
      [1 / 4, 1 / 21],
      [0, 0],
    ],
  },
  'B-1': {
    key: '{ab} {cde}',
    response: '{bcx} {de}',
    blanc: [
      [1 / 4, 1 / 4],
      [2 / 6, 2 / 6],
    ],
  },
  'C-1': {
    key: '{ab} {cde} {fg}',
    response: '{bcx} {de} {fg}',
    blanc: [
      [2 / 5, 2 / 5],
      [10 / 16, 10 / 16],
    ],
  },
  'D-1': { key: '{12345} {67} {89ABC}', response: '{12345} {6789ABC}', muc: [1, 9 / 10], bcub: [1, 16 / 21] },
  'E-1': { key: '{12345} {67} {89ABC}', response: '{1234589ABC} {67}', muc: [1, 9 / 10], bcub: [1, 7 / 12] },
  'F-1': { key: '{ABCD}', response: '{AB} {CD}', muc: [2 / 3, 1] },
  'G-1': { key: '{AB} {CD}', response: '{ABCD}', muc: [1, 2 / 3] },
  'H-1': { key: '{ABCD}', response: '{ABCD}', muc: [1, 1] },
  'I-1': { key: '{ABCD}', response: '{AB} {CD}', muc: [2 / 3, 1] },
  'J-1': { key: '{ABC}', response: '{AC}', muc: [1 / 2, 1] },
  'K-1': { key: '{BCDEGHJ}', response: '{ABC} {DEF} {GHI}', muc: [3 / 6, 3 / 6] },
  'L-1': { key: '{ABC} {DEFG}', response: '{AB} {CD} {FGH}', muc: [2 / 5, 2 / 4] },
  'M-1': {
    key: ONE,
    response: ONE,
    muc: [1, 1],
    bcub: [1, 1],
    ceafm: [1, 1],
    ceafe: [1, 1],
    blanc: [[1, 1], null],
  },
  'M-2': { key: ONE, response: SINGLE, muc: [0, 0], blanc: [[0, 0], null] },
  'M-3': { key: ONE, response: '{ab} {cde} {f}', blanc: [[4 / 15, 1], null] },
  'M-4': { key: ONE, response: '{abcxyz}', blanc: [[3 / 15, 3 / 15], null] },
  'M-5': { key: ONE, response: '{a} {b} {c} {x} {y} {z}', muc: [0, 0], blanc: [[0, 0], null] },
  'M-6': { key: ONE, response: '{ab} {cxy} {z}', blanc: [[1 / 15, 1 / 4], null] },
  'N-1': {
    key: SINGLE,
    response: SINGLE,
    muc: [0, 0],
    bcub: [1, 1],
    ceafm: [1, 1],
    ceafe: [1, 1],
    blanc: [null, [1, 1]],
  },
  'N-2': { key: SINGLE, response: ONE, blanc: [null, [0, 0]] },
  'N-3': { key: SINGLE, response: '{ab} {cde} {f}', blanc: [null, [11 / 15, 1]] },
  'N-4': { key: SINGLE, response: '{a} {b} {c} {x} {y} {z}', muc: [0, 0], blanc: [null, [3 / 15, 3 / 15]] },
  'N-5': { key: SINGLE, response: '{abcxyz}', blanc: [null, [0, 0]] },
  'N-6': { key: SINGLE, response: '{ab} {cxy} {z}', blanc: [null, [2 / 15, 2 / 11]] },
};

const FILES = new URL('../../../../../shared/data/coref/scorer-cases/', import.meta.url);
const filesPresent = existsSync(FILES);

describe.each(Object.entries(CASES))('reference case %s', (name, expected) => {
  test('as its README writes it', () => {
    const { key, response } = expected;
    check([{ key: entities(key), response: entities(response) }], expected);
  });

  // Skipped where the shared files are absent.
  test.skipIf(!filesPresent)('as its key and response files have it', () => {
    const key = conll(`TC-${name.split('-')[0] ?? ''}.key`);
    const response = conll(`TC-${name}.response`);
    check(
      [...key].map(([id, own]) => ({ id, key: own, response: response.get(id) ?? [] })),
      expected,
    );
  });
});

function check(documents: Parameters<typeof scoreCoreference>[0], expected: Case): void {
  const report = scoreCoreference(documents);
  for (const metric of ['muc', 'bcub', 'ceafm', 'ceafe'] as const) {
    const pair = expected[metric];
    if (pair !== undefined) near(report[metric], [...pair, harmonic(pair)], metric);
  }
  if (expected.blanc === undefined) return;
  const kinds = expected.blanc.filter((kind) => kind !== null);
  const mean = (value: (kind: readonly [number, number]) => number): number =>
    kinds.reduce((sum, kind) => sum + value(kind), 0) / kinds.length;
  near(
    report.blanc,
    [mean(([recall]) => recall), mean(([, precision]) => precision), mean(harmonic)],
    'blanc',
  );
}

function near(
  score: { recall: number; precision: number; f1: number } | undefined,
  expected: Triple,
  of: string,
): void {
  expect(score?.recall, `${of} recall`).toBeCloseTo(expected[0], 10);
  expect(score?.precision, `${of} precision`).toBeCloseTo(expected[1], 10);
  expect(score?.f1, `${of} F1`).toBeCloseTo(expected[2], 10);
}

function harmonic([recall, precision]: readonly [number, number]): number {
  return recall + precision === 0 ? 0 : (2 * recall * precision) / (recall + precision);
}

/** Reads the last column of a CoNLL file: `(1` opens, `1)` closes, `(1)` does both. Chains in order of first opening. */
function conll(file: string): Map<string, CoreferenceMention[][]> {
  const documents = new Map<string, CoreferenceMention[][]>();
  let chains = new Map<string, CoreferenceMention[]>();
  let open = new Map<string, number[]>();
  let token = 0;
  for (const line of readFileSync(new URL(file, FILES), 'utf8').split(/\r?\n/u)) {
    const begin = /^#\s*begin document (.*?)\s*$/u.exec(line);
    if (begin !== null) {
      chains = new Map();
      open = new Map();
      token = 0;
      documents.set(begin[1] ?? '', []);
      continue;
    }
    if (/^#\s*end document/u.test(line)) {
      const last = [...documents.keys()].at(-1);
      if (last !== undefined) documents.set(last, [...chains.values()]);
      continue;
    }
    if (line.trim() === '') continue;
    const column = line.trim().split(/\s+/u).at(-1) ?? '-';
    for (const [, opens, id = '', closes] of column.matchAll(/(\()?(\d+)(\))?/gu)) {
      if (!chains.has(id)) chains.set(id, []);
      if (opens !== undefined) open.set(id, [...(open.get(id) ?? []), token]);
      if (closes === undefined) continue;
      const start = open.get(id)?.pop();
      if (start === undefined)
        throw new Error(`${file}: ${id} closes at token ${token} without having been opened`);
      chains.set(id, [...(chains.get(id) ?? []), { ranges: [[start, token + 1]] }]);
    }
    token += 1;
  }
  return documents;
}
