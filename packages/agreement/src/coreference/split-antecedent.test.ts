import { describe, expect, test } from 'vitest';
import { scoreCoreference } from './score-documents.ts';
import { entities } from './testing/braces.ts';

const A = '{ab} {cd} {e} {(ac)fg}';
const B = '{ab} {cd} {e} {(ac)fg} {(ae)h}';

// The published cases of the Universal Anaphora scorer (Paun, Yu, Moosavi & Poesio 2022), F1.
describe.each([
  ['perfect', A, A, { bcub: 1, muc: 1, ceafm: 1, ceafe: 1, lea: 1, blanc: 1 }],
  [
    'equivalent antecedents 1',
    A,
    '{ab} {cd} {e} {(ad)fg}',
    { bcub: 1, muc: 1, ceafm: 1, ceafe: 1, lea: 1, blanc: 1 },
  ],
  [
    'equivalent antecedents 2',
    A,
    '{ab} {cd} {e} {(bd)fg}',
    { bcub: 1, muc: 1, ceafm: 1, ceafe: 1, lea: 1, blanc: 1 },
  ],
  [
    'missing',
    A,
    '{ab} {cd} {e} {fg}',
    { bcub: 38 / 43, muc: 6 / 7, ceafm: 0.93333, ceafe: 3.8 / 4, lea: 6 / 7 },
  ],
  [
    'one part too many',
    A,
    '{ab} {cd} {e} {(ace)fg}',
    { bcub: 0.97523, muc: 22 / 23, ceafm: 0.98611, ceafe: 0.98333, lea: 38 / 39 },
  ],
  [
    'one part wrong',
    A,
    '{ab} {cd} {e} {(ae)fg}',
    { bcub: 0.903, muc: 7 / 8, ceafm: 0.94643, ceafe: 0.95833, lea: 0.89535 },
  ],
  [
    'a part lacks a mention',
    A,
    '{ab} {c} {e} {(ac)fg}',
    { bcub: 0.84032, muc: 5 / 7, ceafm: 0.91429, ceafe: 0.90278, lea: 0.6867 },
  ],
  [
    'equal split antecedents are one entity',
    A,
    '{ab} {cd} {e} {(ac)f} {(bc)g}',
    { bcub: 1, muc: 1, ceafm: 1, ceafe: 1, lea: 1, blanc: 1 },
  ],
  [
    'parts merged',
    A,
    '{ab} {cde} {(ac)fg}',
    { bcub: 0.86016, muc: 11 / 13, ceafm: 0.86111, ceafe: 0.79048, lea: 0.7459 },
  ],
  [
    'two to align',
    A,
    '{ab} {cd} {e} {(ac)f} {(bce)g}',
    { bcub: 0.83333, muc: 3 / 4, ceafm: 0.82353, ceafe: 0.84444, lea: 0.76364 },
  ],
  [
    'parts of one entity',
    A,
    '{ab} {cd} {e} {(ab)fg}',
    { bcub: 0.93923, muc: 14 / 15, ceafm: 0.95833, ceafe: 0.97222, lea: 14 / 15 },
  ],
  ['two, perfect', B, B, { bcub: 1, muc: 1, ceafm: 1, ceafe: 1, lea: 1, blanc: 1 }],
  [
    'two, equivalent',
    B,
    '{ab} {cd} {e} {(ad)fg} {(be)h}',
    { bcub: 1, muc: 1, ceafm: 1, ceafe: 1, lea: 1, blanc: 1 },
  ],
  [
    'two, one part too many',
    B,
    '{ab} {cd} {e} {(ac)fg} {(ace)h}',
    { bcub: 0.96266, muc: 28 / 29, ceafm: 0.975, ceafe: 4.9 / 5, lea: 0.95833 },
  ],
  [
    'two merged',
    B,
    '{ab} {cd} {e} {(ac)fgh}',
    { bcub: 0.84158, muc: 4 / 5, ceafm: 0.84211, ceafe: 0.85714, lea: 0.78873 },
  ],
] as const)('%s', (_, key, response, expected) => {
  const report = scoreCoreference([{ key: entities(key), response: entities(response) }]);
  test.each(Object.entries(expected))('%s is %d', (metric, f1) => {
    const score = report[metric as keyof typeof expected];
    expect(score?.f1).toBeCloseTo(f1, metric === 'bcub' && f1 === 0.903 ? 3 : 4);
  });
});

test('BLANC counts a split antecedent as a mention', () => {
  const { blanc } = scoreCoreference([{ key: entities(A), response: entities(A) }]);
  expect(blanc?.coreference.counts).toMatchObject({ recallNumerator: 5, recallDenominator: 5 });
  expect(blanc?.nonCoreference.counts).toMatchObject({ recallNumerator: 23, recallDenominator: 23 });
});

test('a part that is not there is refused by place', () => {
  const key = [{ mentions: ['a', 'b'], parts: [4] }];
  expect(() => scoreCoreference([{ id: 'd1', key, response: [] }])).toThrow(
    'd1, key: entity 0 names part 4, but there are only entities 0 to 0',
  );
});
