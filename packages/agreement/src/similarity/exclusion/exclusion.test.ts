import { expect, test } from 'vitest';
import { seededGenerator } from '../../random.ts';
import { type RatingTable } from '../ratings/rating-table.ts';
import { exclusionAudit } from './audit.ts';
import { PairwiseAgreement } from './pairwise-agreement.ts';
import { attentionRule, multiSimlexRounds, simlexRule } from './rules.ts';

const generator = seededGenerator(12);
const truth = Array.from({ length: 60 }, () => generator.normal());

/** Fourteen raters; the last answers at random. */
const table: RatingTable = {
  pairs: truth.map((_, pair) => ({ word1: `a${pair}`, word2: `b${pair}`, line: pair + 2 })),
  gold: truth,
  raters: Array.from({ length: 14 }, (_, rater) => `r${rater + 1}`),
  ratings: truth.map((value) =>
    Array.from({ length: 14 }, (_, rater) => (rater === 13 ? 0 : value) + 0.5 * generator.normal()),
  ),
  namesPersons: true,
  events: null,
};
const agreement = new PairwiseAgreement(table, 2);

test("SimLex's rule leaves out who answers at random, and records what it compared", () => {
  const found = simlexRule(agreement);
  if (!('excluded' in found)) throw new Error(found.reason);
  expect(found.excluded).toEqual([13]);
  expect(found.figures['limit']).toBeCloseTo(
    (found.figures['meanOfMeans'] ?? 0) - (found.figures['sd'] ?? 0),
    12,
  );
  expect(found.description).toContain(found.figures['limit']?.toFixed(4));
});

test('the rounds begin with the lowest, and keep ten', () => {
  const found = multiSimlexRounds(agreement);
  if (!('excluded' in found)) throw new Error(found.reason);
  expect(found.excluded[0]).toBe(13);
  expect(found.excluded.length).toBeLessThanOrEqual(4);
  expect(multiSimlexRounds(agreement, 14)).toMatchObject({ value: null });
});

test('attention checks count where they were met', () => {
  const checks = [
    { rater: 0, passed: 3, failed: 1 },
    { rater: 1, passed: 1, failed: 3 },
    { rater: 2, passed: 0, failed: 0 },
  ];
  expect(attentionRule(checks)).toMatchObject({ excluded: [1], figures: { checked: 2, failures: 4 } });
  expect(attentionRule([])).toMatchObject({ value: null });
});

test('the audit shows agreement before and after, and how far gold moved, and leaves the table alone', () => {
  const copy = structuredClone(table);
  const { rules, influence } = exclusionAudit(table);
  expect(table).toEqual(copy);
  const [simlex, , attention] = rules;
  if (simlex?.kind !== 'applied') throw new Error('not applied');
  expect(simlex).toMatchObject({ excluded: ['r14'], before: { raters: 14 }, after: { raters: 13 } });
  expect(simlex.after.apiaa).toBeGreaterThan(simlex.before.apiaa ?? 1);
  expect(simlex.after.alpha).toBeGreaterThan(simlex.before.alpha ?? 1);
  expect(simlex.goldShift).toMatchObject({ lost: 0 });
  expect(simlex.withGold?.after).toBeGreaterThan(0.9);
  expect(attention).toMatchObject({ kind: 'not-applicable' });
  // Without one of k raters a mean moves by his distance from it over k − 1.
  expect(influence[0]).toMatchObject({ rater: 'r14', ratings: 60 });
  const first = table.ratings[influence[0]?.goldShift?.pair ?? 0] ?? [];
  const mean = first.reduce<number>((sum, value) => sum + (value ?? 0), 0) / 14;
  expect(influence[0]?.goldShift?.largest).toBeCloseTo(Math.abs((first[13] ?? 0) - mean) / 13, 10);
});
