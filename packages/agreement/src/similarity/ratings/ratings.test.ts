import { describe, expect, test } from 'vitest';
import { seededGenerator } from '../../random.ts';
import { SHROUT_FLEISS_1979 } from '../../testing/published-examples.ts';
import { bimodality, pairPrecision } from './ceiling.ts';
import { columnsArePersons } from './columns-are-persons.ts';
import { interRaterIntervals } from './correlation-bootstrap.ts';
import { goldProvenance } from './gold-provenance.ts';
import { joinFiles } from './join.ts';
import { type RatingTable } from './rating-table.ts';
import { ratingReliability } from './reliability.ts';
import { comparisonPower, ratingResolution } from './resolution.ts';
import { splitHalfInterval } from './split-half-interval.ts';

function tableOf(
  ratings: readonly (readonly (number | null)[])[],
  gold: readonly (number | null)[] | null = null,
): RatingTable {
  return {
    pairs: ratings.map((_, pair) => ({ word1: `a${pair}`, word2: `b${pair}`, line: pair + 1 })),
    gold,
    raters: (ratings[0] ?? []).map((_, rater) => `r${rater + 1}`),
    ratings,
    namesPersons: false,
    events: null,
  };
}

const generator = seededGenerator(9);
const truth = Array.from({ length: 80 }, () => 3 + 1.5 * generator.normal());
/** Eight raters, each with a level of his own. */
const persons = truth.map((value) =>
  Array.from({ length: 8 }, (_, rater) => value + (rater - 4) * 0.4 + 0.8 * generator.normal()),
);

describe('whether columns are persons', () => {
  test('raters of different levels are', () => {
    expect(columnsArePersons(tableOf(persons)).columnsArePersons).toBe(true);
  });

  test('lists of unequal length filled from the left are not, even with single answers lost', () => {
    const lists = persons.map((row, pair) => row.map((value, at) => (at < 4 + (pair % 5) ? value : null)));
    expect(columnsArePersons(tableOf(lists)).columnsArePersons).toBe(false);
    const lost = lists.map((row, pair) => (pair === 3 ? [null, ...row.slice(1)] : row));
    expect(columnsArePersons(tableOf(lost)).columnsArePersons).toBe(false);
  });

  test('persons who skip pairs are', () => {
    const skipped = persons.map((row) => row.map((value) => (generator.next() < 0.3 ? null : value)));
    expect(columnsArePersons(tableOf(skipped)).columnsArePersons).toBe(true);
  });

  test('interchangeable columns are not', () => {
    const shuffled = truth.map((value) => Array.from({ length: 8 }, () => value + generator.normal()));
    expect(columnsArePersons(tableOf(shuffled)).columnsArePersons).toBe(false);
  });
});

describe('reliability', () => {
  test("Shrout and Fleiss' six on their own example", () => {
    const report = ratingReliability(tableOf(SHROUT_FLEISS_1979), { persons: true, resamples: 0 });
    if (report.kind === 'undefined') throw new Error(report.reason);
    const published = { icc1: 0.17, icc1k: 0.44, icc21: 0.29, icc2k: 0.62, icc31: 0.71, icc3k: 0.91 };
    for (const [form, value] of Object.entries(published))
      expect(report.icc[form as keyof typeof published].value).toBeCloseTo(value, 2);
  });

  test('without persons only what needs none', () => {
    const report = ratingReliability(tableOf(persons), { persons: false });
    if (report.kind === 'undefined') throw new Error(report.reason);
    expect(report.apiaa.spearman.value).toBeNull();
    expect(report.icc.icc2k.value).toBeNull();
    expect(report.icc.icc1.value).not.toBeNull();
    expect(report.intervals).toBeNull();
  });

  test('a table without ratings has none', () => {
    expect(ratingReliability(tableOf([[], []]))).toMatchObject({ kind: 'undefined' });
  });

  test('intervals hold the value, are wider over raters too, and repeat themselves', () => {
    const table = tableOf(persons);
    const report = ratingReliability(table, { persons: true, resamples: 0 });
    if (report.kind === 'undefined' || report.apiaa.spearman.value === null) throw new Error('undefined');
    const intervals = interRaterIntervals(table, { resamples: 200, seed: 3, leastShared: 2 });
    const { overPairs, overRatersAndPairs } = intervals.apiaa.spearman;
    if (!('low' in overPairs) || !('low' in overRatersAndPairs)) throw new Error('undefined');
    expect(overPairs.low).toBeLessThan(report.apiaa.spearman.value);
    expect(overPairs.high).toBeGreaterThan(report.apiaa.spearman.value);
    expect(overRatersAndPairs.high - overRatersAndPairs.low).toBeGreaterThan(
      0.8 * (overPairs.high - overPairs.low),
    );
    expect(interRaterIntervals(table, { resamples: 200, seed: 3, leastShared: 2 })).toEqual(intervals);
  });
});

test('the interval of split-half reliability holds it, and is as wide as pairs are few', () => {
  const report = ratingReliability(tableOf(persons), { persons: true, resamples: 200 });
  if (report.kind === 'undefined' || report.splitHalf.kind === 'undefined') throw new Error('undefined');
  const widthOf = (pairs: number): number => {
    const interval = splitHalfInterval(tableOf(persons.slice(0, pairs)), true, 200, 1);
    if (!('low' in interval)) throw new Error(interval.reason);
    return interval.high - interval.low;
  };
  const { splitHalfInterval: own, alpha } = report;
  if (own === null || !('low' in own)) throw new Error('no interval');
  expect(own.low).toBeLessThan(report.splitHalf.spearmanBrownPearson);
  expect(own.high).toBeGreaterThan(report.splitHalf.spearmanBrownPearson);
  expect(widthOf(20)).toBeGreaterThan(widthOf(80));
  expect(alpha.overRatersAndPairs?.method).toBe('percentile');
  expect(splitHalfInterval(tableOf([[1], [2]]), true, 200, 1)).toMatchObject({ value: null });
});

describe('where gold comes from', () => {
  const whole = persons.map((row) => row.map((value) => Math.round(value)));
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const rounded = (value: number): number => Math.round(100 * value) / 100;

  test.each([
    ['mean', (row: readonly number[]) => mean(row)],
    ['trimmed-ends', (row: readonly number[]) => mean([...row].sort((a, b) => a - b).slice(1, -1))],
    ['rescaled-mean', (row: readonly number[]) => (10 / 6) * mean(row)],
  ])('%s', (rule, make) => {
    const found = goldProvenance(tableOf(whole, whole.map(make)));
    expect(found).toMatchObject({ kind: 'defined', rule, differing: [] });
  });

  test('rounded means recompute, and a changed one is named', () => {
    const gold = whole.map((row) => rounded(mean(row)));
    gold[5] = (gold[5] ?? 0) + 1;
    expect(goldProvenance(tableOf(whole, gold))).toMatchObject({
      rule: 'mean',
      decimals: 2,
      differing: [{ pair: 5 }],
    });
  });

  test('unrelated gold comes from no rule; none without gold', () => {
    expect(
      goldProvenance(
        tableOf(
          whole,
          whole.map(() => generator.next()),
        ),
      ),
    ).toMatchObject({ rule: null });
    expect(goldProvenance(tableOf(whole))).toMatchObject({ kind: 'undefined' });
  });
});

describe('precision of pairs', () => {
  test("Sarle's coefficient: 5/9 for many evenly spread values, 1 for two points, .33 for normal ones", () => {
    expect(bimodality(Array.from({ length: 4000 }, (_, at) => at))).toBeCloseTo(5 / 9, 2);
    expect(bimodality(Array.from({ length: 4000 }, (_, at) => at % 2))).toBeCloseTo(1, 2);
    expect(bimodality(Array.from({ length: 20000 }, () => generator.normal()))).toBeCloseTo(1 / 3, 1);
    expect(bimodality([1, 1, 1, 1])).toBeNull();
  });

  test('more raters resolve more orderings; ranks lie within their intervals', () => {
    const few = pairPrecision(tableOf(persons.map((row) => row.slice(0, 5))));
    const many = pairPrecision(tableOf(persons));
    if (few.kind === 'undefined' || many.kind === 'undefined') throw new Error('undefined');
    expect(many.resolvedOrderings).toBeGreaterThan(few.resolvedOrderings);
    for (const { rankLow, rankHigh } of many.pairs) expect(rankLow).toBeLessThanOrEqual(rankHigh);
    expect(pairPrecision(tableOf([[1], [2]]))).toMatchObject({ kind: 'undefined' });
  });
});

describe('resolution', () => {
  test('power is near the level where there is no difference, and grows with pairs', () => {
    const power = (pairs: number, difference: number): number => {
      const found = comparisonPower({
        pairs,
        worse: 0.5,
        difference,
        between: 0.8,
        simulations: 600,
        seed: 2,
      });
      if (found.value === null) throw new Error(found.reason);
      return found.value;
    };
    expect(power(200, 0)).toBeLessThan(0.09);
    expect(power(400, 0.1)).toBeGreaterThan(power(100, 0.1));
  });

  test('impossible correlations have none', () => {
    expect(comparisonPower({ pairs: 50, worse: 0.1, difference: 0.85, between: 0.99 })).toMatchObject({
      value: null,
    });
  });

  test('pairs and raters to add', () => {
    const { pairsFor, ratersFor } = ratingResolution(100, { single: 0.5, raters: 4, simulations: 20 });
    expect(pairsFor[0]).toMatchObject({ toAdd: (pairsFor[0]?.pairs ?? 0) - 100 });
    // Spearman–Brown: nine raters of reliability .5 reach .9.
    expect(ratersFor[0]).toEqual({ reliability: 0.9, raters: 9, toAdd: 5 });
  });
});

test('a join by position of files in other order is told from a join by pair', () => {
  const pairs = truth.map((_, at) => ({ word1: `w${at}`, word2: `v${at}`, line: at + 1 }));
  const forms = pairs.map(({ word1, word2 }, at) =>
    at % 4 === 0 ? { word1: `x${word1}`, word2 } : { word1, word2 },
  );
  const one = { name: 'one', pairs, values: truth };
  const other = { name: 'other', pairs: forms.map((pair, at) => ({ ...pair, line: at + 1 })), values: truth };
  const joined = joinFiles(one, other, [{ names: ['plain', 'other'], first: pairs, second: forms }]);
  expect(joined.byPair).toMatchObject({ spearman: 1, pairs: 80, throughForms: 20 });
  expect(joined.byPosition?.spearman).toBeLessThan(0.9);
  expect(joined.byPosition?.samePair).toBeLessThan(80);
  const alone = joinFiles(one, other);
  expect(alone.byPair.pairs).toBe(60);
  expect(alone.unmatched[0]).toHaveLength(20);
});
