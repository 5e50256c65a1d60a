import { describe, expect, test } from 'vitest';
import { studyFromWide } from '../study/from-wide.ts';
import { type Study } from '../study/study.ts';
import { totalsOf } from '../resampling/unit-statistics.ts';
import { defined } from '../testing/defined.ts';
import { SHROUT_FLEISS_1979 } from '../testing/published-examples.ts';
import { completeStudy } from './coder-moments.ts';
import { allIccs, icc, ICC_FORMS } from './intraclass-correlation.ts';
import { kendallsW } from './kendalls-w.ts';
import { linsConcordance } from './lins-concordance.ts';
import { oneWayStatistics } from './one-way-analysis.ts';
import { overallConcordance } from './overall-concordance.ts';

const table: (number | null)[][] = SHROUT_FLEISS_1979.map((row) => [...row]);
const study = (): Study => studyFromWide(table);

describe('the overall concordance correlation coefficient', () => {
  test('of the ratings of Shrout & Fleiss 1979, by its definition: .2537', () => {
    const estimate = defined(overallConcordance(study()));
    expect(estimate.value).toBeCloseTo(0.253723110865968, 12);
    expect(estimate.ci).toMatchObject({ method: 'jackknife', level: 0.95 });
  });

  test('of two coders is that of Lin', () => {
    const two = studyFromWide(table.map((row) => row.slice(0, 2)));
    const [x = [], y = []] = [0, 1].map((coder) => table.map((row) => row[coder] ?? NaN));
    expect(defined(overallConcordance(two)).value).toBeCloseTo(defined(linsConcordance(x, y)).value, 12);
  });

  test('is the mean of the pairs’, weighted by variances and shift', () => {
    let sum = 0;
    let weights = 0;
    for (let one = 0; one < 4; one++) {
      for (let other = one + 1; other < 4; other++) {
        const [x, y] = [one, other].map((coder) => table.map((row) => row[coder] ?? NaN));
        if (x === undefined || y === undefined) throw new Error('two columns');
        const mean = (own: number[]): number => own.reduce((a, b) => a + b, 0) / own.length;
        const variance = (own: number[]): number => mean(own.map((value) => (value - mean(own)) ** 2));
        const weight = variance(x) + variance(y) + (mean(x) - mean(y)) ** 2;
        sum += weight * defined(linsConcordance(x, y)).value;
        weights += weight;
      }
    }
    expect(defined(overallConcordance(study())).value).toBeCloseTo(sum / weights, 12);
  });

  test('is 1 where all agree, and undefined where nothing varies or one unit is complete', () => {
    expect(
      overallConcordance(
        studyFromWide([
          [1, 1, 1],
          [5, 5, 5],
          [3, 3, 3],
        ]),
      ),
    ).toMatchObject({ value: 1, ci: null });
    expect(
      overallConcordance(
        studyFromWide([
          [2, 2],
          [2, 2],
        ]),
      ),
    ).toMatchObject({ value: null, reason: 'nothing varies' });
    expect(
      overallConcordance(
        studyFromWide([
          [2, 2],
          [2, null],
        ]),
      ).value,
    ).toBeNull();
  });
});

describe('resampled intervals of ICC', () => {
  test.each(ICC_FORMS)('%s from sums over units is the coefficient itself', (form) => {
    const own = defined(icc(study(), form));
    const jackknife = defined(icc(study(), form, { interval: { method: 'jackknife' } }));
    expect(jackknife.value).toBe(own.value);
    expect(jackknife.test).toEqual(own.test);
    expect(jackknife.ci?.method).toBe('jackknife');
    expect(jackknife.ci?.low).toBeLessThan(own.value);
  });

  test('the one-way sums give the coefficient, unequal numbers of ratings too', () => {
    const unequal = studyFromWide(
      table.map((row, unit) => row.map((value, coder) => (unit === coder ? null : value))),
    );
    for (const form of ['icc1', 'icc1k'] as const) {
      const statistics = oneWayStatistics(unequal, 'all', form);
      expect(statistics.evaluate(totalsOf(statistics))).toBeCloseTo(defined(icc(unequal, form)).value, 12);
    }
  });

  test.each(['icc21', 'icc2k', 'icc31', 'icc3k'] as const)(
    '%s: jackknife by leaving units out one by one',
    (form) => {
      const without = table.map(
        (_, left) => defined(icc(studyFromWide(table.toSpliced(left, 1)), form)).value,
      );
      const mean = without.reduce((sum, value) => sum + value / without.length, 0);
      const squares = without.reduce((sum, value) => sum + (value - mean) ** 2, 0);
      const { se } = defined(icc(study(), form, { interval: { method: 'jackknife' } }));
      expect(se ?? NaN).toBeCloseTo(Math.sqrt((squares * (without.length - 1)) / without.length), 10);
    },
  );

  test('over units and coders: ICC(2,1) varies more, one-way forms know no coders', () => {
    const interval = { method: 'percentile', resamples: 500 } as const;
    const units = defined(icc(study(), 'icc21', { interval }));
    const both = defined(icc(study(), 'icc21', { interval: { ...interval, over: 'units-and-coders' } }));
    expect(both.se ?? NaN).toBeGreaterThan(units.se ?? NaN);
    const oneWay = defined(icc(study(), 'icc1', { interval: { ...interval, over: 'units-and-coders' } }));
    expect(oneWay.ci).toBeNull();
    expect(oneWay.notes).toEqual(['no interval: this measure can only be resampled over units']);
  });

  test('units that a coder left out are left out', () => {
    const partial = studyFromWide([...table, [1, null, 2, 3]]);
    expect(completeStudy(partial).units).toHaveLength(6);
    const interval = { method: 'bca', over: 'units-and-coders', resamples: 200 } as const;
    expect(icc(partial, 'icc31', { interval })).toMatchObject({
      ci: defined(icc(study(), 'icc31', { interval })).ci,
    });
    expect(allIccs(partial, { interval }).icc31).toMatchObject({ seed: 1 });
  });

  test('a coder who rated nothing is left out', () => {
    const silent = studyFromWide(table.map((row) => [...row, null]));
    for (const form of ICC_FORMS) {
      const own = defined(icc(silent, form));
      expect(own.value).toBe(defined(icc(study(), form)).value);
      expect(own.used.dropped.coders).toBe(1);
    }
    expect(completeStudy(silent).coders).toHaveLength(4);
    const alone = studyFromWide(table.map(([own]) => [own ?? null, null]));
    expect(icc(alone, 'icc31').value).toBeNull();
    expect(kendallsW(alone).value).toBeNull();
  });
});
