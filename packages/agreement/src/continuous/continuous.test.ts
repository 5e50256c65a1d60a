import { describe, expect, test } from 'vitest';
import { seededGenerator } from '../random.ts';
import { studyFromWide } from '../study/from-wide.ts';
import { defined, reasonOf } from '../testing/defined.ts';
import { ANXIETY, PEAK_FLOW, SHROUT_FLEISS_1979 } from '../testing/published-examples.ts';
import { blandAltman } from './bland-altman.ts';
import { correlationInterval } from './correlation-interval.ts';
import { cronbachsAlpha } from './cronbachs-alpha.ts';
import { amiaa, apiaa } from './inter-coder-correlation.ts';
import { allIccs, icc } from './intraclass-correlation.ts';
import { kendallsTauB } from './kendalls-tau.ts';
import { kendallsW } from './kendalls-w.ts';
import { linsConcordance } from './lins-concordance.ts';
import { standardErrorOfMeasurement, unitSpread } from './measurement-error.ts';
import { pairedNumbers } from './paired-numbers.ts';
import { pearson } from './pearson.ts';
import { averageRanks } from './ranks.ts';
import { spearman } from './spearman.ts';
import { splitHalf } from './split-half.ts';
import { spearmanBrown } from './spearman-brown.ts';

const judges = studyFromWide(SHROUT_FLEISS_1979);
const { wright, mini } = PEAK_FLOW;

describe('correlations', () => {
  test("Pearson's r of the peak flow meters: .943", () => {
    const r = defined(pearson(wright, mini));
    expect(r.value).toBeCloseTo(0.9432794468909461, 12);
    expect(r.ci?.low).toBeCloseTo(0.8463588087924647, 9);
    expect(r.ci?.high).toBeCloseTo(0.9797313373519239, 9);
    expect(r.test?.p).toBeCloseTo(1.3995013398870331e-8, 15);
  });

  test("Spearman's rho, with ties", () => {
    const rho = defined(
      spearman([106, 100, 86, 101, 99, 103, 97, 113, 112, 110], [7, 27, 2, 50, 28, 29, 20, 12, 6, 17]),
    );
    expect(rho.value).toBeCloseTo(-29 / 165, 12);
    expect(rho.test?.p).toBeCloseTo(0.6271883447764846, 10);
    expect([...averageRanks([3, 1, 3, 2])]).toEqual([3.5, 1, 3.5, 2]);
  });

  test("Kendall's tau-b, with ties in both columns", () => {
    const tau = defined(kendallsTauB([12, 2, 1, 12, 2], [1, 4, 7, 1, 0]));
    expect(tau.value).toBeCloseTo(-0.4714045207910316, 12);
    expect(tau.test?.p).toBeCloseTo(0.28274545993277467, 10);
    const long = defined(kendallsTauB([1, 2, 2, 3, 3, 3, 4, 5, 5, 6], [2, 1, 3, 3, 4, 4, 4, 6, 5, 5]));
    expect(long.value).toBeCloseTo(0.8, 12);
    expect(long.test?.p).toBeCloseTo(0.0027526931529919816, 10);
    expect(defined(kendallsTauB(wright, mini)).value).toBeCloseTo(0.764705882352941, 12);
  });

  test('tau-b by merge sort is that of counting all pairs', () => {
    const generator = seededGenerator(2);
    const x = Array.from({ length: 200 }, () => generator.below(30));
    const y = Array.from({ length: 200 }, (_, i) => (x[i] ?? 0) + generator.below(40));
    let score = 0;
    let tiesX = 0;
    let tiesY = 0;
    for (let i = 0; i < 200; i++) {
      for (let j = 0; j < i; j++) {
        const dx = Math.sign((x[i] ?? 0) - (x[j] ?? 0));
        const dy = Math.sign((y[i] ?? 0) - (y[j] ?? 0));
        score += dx * dy;
        if (dx === 0) tiesX += 1;
        if (dy === 0) tiesY += 1;
      }
    }
    expect(defined(kendallsTauB(x, y)).value).toBeCloseTo(
      score / Math.sqrt((19900 - tiesX) * (19900 - tiesY)),
      12,
    );
  });

  test('intervals of Bonett & Wright: Spearman .6275 of 30 pairs is .314 to .818', () => {
    const interval = correlationInterval('spearman', 0.6275033533190216, 30);
    expect(interval?.low).toBeCloseTo(0.3136855480866375, 9);
    expect(interval?.high).toBeCloseTo(0.8177363279232183, 9);
    expect(correlationInterval('pearson', 1, 30)).toBeNull();
    expect(correlationInterval('kendall', 0.3, 4)).toBeNull();
  });

  test.each([
    ['pearson', pearson],
    ['spearman', spearman],
    ['kendall', kendallsTauB],
  ])('%s is undefined for a constant column and a single pair, and ±1 has no interval', (_, measure) => {
    expect(reasonOf(measure([1, 1, 1], [1, 2, 3]))).toBe('one of the columns has no variance');
    expect(reasonOf(measure([1], [2]))).toBe('fewer than two pairs of values');
    const perfect = defined(measure([1, 2, 3, 4, 5], [2, 4, 6, 8, 10]));
    expect(perfect).toMatchObject({ value: 1, ci: null });
    expect(perfect.notes[0]).toContain('no interval');
    expect(() => measure([1, 2], [1])).toThrow('2 and 1 values');
  });

  test.each([
    ['pearson', pearson],
    ['spearman', spearman],
    ['kendall', kendallsTauB],
    ['concordance', linsConcordance],
    ['bias', blandAltman],
  ] as const)('%s refuses what is not a number, and columns that do not fit', (_, measure) => {
    expect(() => measure([1, 2, 3], [1, NaN, 2])).toThrow(
      'Value 2 of the second column is NaN; a finite number was expected.',
    );
    expect(() => measure([1, 2, 3], [1, 2])).toThrow('The columns have 3 and 2 values.');
  });

  test('a large mean costs no digits', () => {
    const shifted = wright.map((value) => value + 1e9);
    expect(defined(pearson(shifted, mini)).value).toBeCloseTo(0.9432794468909461, 10);
  });
});

describe('concordance of measurements', () => {
  test("Lin's coefficient of the peak flow meters: .943 (.850 to .979)", () => {
    const ccc = defined(linsConcordance(wright, mini));
    expect(ccc.value).toBeCloseTo(0.9427424314274846, 12);
    expect(ccc.se).toBeCloseTo(0.02861673746064903, 10);
    expect(ccc.ci?.low).toBeCloseTo(0.85049187, 7);
    expect(ccc.ci?.high).toBeCloseTo(0.97872628, 7);
    expect(reasonOf(linsConcordance([2, 2], [2, 2]))).toBe('the columns have no variance');
    expect(defined(linsConcordance([1, 2, 3], [1, 2, 3]))).toMatchObject({ value: 1, ci: null });
  });

  test('Bland & Altman 1986: bias −2.1 l/min, sd 38.8, limits −78.1 and 73.9', () => {
    const picture = blandAltman(wright, mini);
    if (picture.kind === 'undefined') throw new Error(picture.reason);
    expect(picture.bias.value).toBeCloseTo(-2.1176470588235294, 10);
    expect(picture.sd).toBeCloseTo(38.76512987360738, 10);
    expect(picture.lower.value).toBeCloseTo(-78.1, 1);
    expect(picture.upper.value).toBeCloseTo(73.9, 1);
    // Bland & Altman give the bias an interval from −22.0 to 17.8.
    expect(picture.bias.ci.low).toBeCloseTo(-22.0, 1);
    expect(picture.bias.ci.high).toBeCloseTo(17.8, 1);
    expect(blandAltman([1], [2])).toEqual({ kind: 'undefined', reason: 'fewer than two pairs of values' });
  });

  test("Kendall's W of the anxiety ratings: .540", () => {
    const w = defined(kendallsW(studyFromWide(ANXIETY)));
    expect(w.value).toBeCloseTo(0.53965687595437, 12);
    expect(w.test?.df).toEqual([19]);
    expect(
      reasonOf(
        kendallsW(
          studyFromWide([
            [1, 1],
            [1, 1],
          ]),
        ),
      ),
    ).toBe('no coder told the units apart');
  });
});

describe('intraclass correlation', () => {
  test('the six forms of Shrout & Fleiss 1979, table 4', () => {
    const forms = allIccs(judges);
    const wanted = {
      icc1: 0.16574176840547553,
      icc21: 0.2897637795275592,
      icc31: 0.7148407148407154,
      icc1k: 0.4427971336792688,
      icc2k: 0.6200505475989893,
      icc3k: 0.9093155423770697,
    };
    for (const [form, value] of Object.entries(wanted)) {
      expect(defined(forms[form as keyof typeof wanted]).value, form).toBeCloseTo(value, 10);
    }
    expect(defined(forms.icc21).ci?.low).toBeCloseTo(0.018786513374712044, 9);
    expect(defined(forms.icc21).ci?.high).toBeCloseTo(0.7610843696489528, 9);
    expect(defined(forms.icc31).test?.statistic).toBeCloseTo(11.03, 2);
  });

  test('the interval of ICC(2,k) by irr, or stepped up from ICC(2,1) as psych has it', () => {
    const anxiety = studyFromWide(ANXIETY);
    expect(defined(icc(anxiety, 'icc2k')).ci?.low).toBeCloseTo(-0.137308090502411, 9);
    const stepped = defined(icc(judges, 'icc2k', { averageAgreement: 'spearman-brown' }));
    expect(stepped.ci?.low).toBeCloseTo(0.07113681530250347, 9);
    expect(stepped.ci?.high).toBeCloseTo(0.9272320401677219, 9);
  });

  test('one-way with unequal replications uses k₀, or complete units where asked', () => {
    const uneven = studyFromWide([
      [1, 2, null],
      [4, 4, 5],
      [7, 6, 7],
      [3, null, null],
    ]);
    // k₀ = (9 − (4 + 9 + 9 + 1)/9)/3.
    expect(defined(icc(uneven, 'icc1')).convention).toContain('k₀');
    expect(defined(icc(uneven, 'icc1')).used.ratings).toBe(9);
    expect(defined(icc(uneven, 'icc1', { oneWay: 'complete' })).used).toMatchObject({ units: 2, ratings: 6 });
    expect(
      reasonOf(
        icc(uneven, 'icc21').value === null ? icc(uneven, 'icc21') : icc(studyFromWide([[1, 2]]), 'icc21'),
      ),
    ).toContain('fewer than two units');
  });

  test('is undefined where nothing varies or no unit is rated twice', () => {
    expect(
      reasonOf(
        icc(
          studyFromWide([
            [1, 1],
            [1, 1],
          ]),
          'icc31',
        ),
      ),
    ).toBe('nothing varies');
    expect(
      reasonOf(
        icc(
          studyFromWide([
            [1, null],
            [null, 2],
          ]),
          'icc1',
        ),
      ),
    ).toBe('no unit was rated twice');
  });

  test("Cronbach's alpha is ICC(3,k), with its interval", () => {
    const alpha = defined(cronbachsAlpha(judges));
    const form = defined(icc(judges, 'icc3k'));
    expect(alpha.value).toBeCloseTo(form.value, 12);
    expect(alpha.ci?.low).toBeCloseTo(form.ci?.low ?? NaN, 10);
    expect(alpha.ci?.high).toBeCloseTo(form.ci?.high ?? NaN, 10);
  });
});

describe('coders against each other', () => {
  const three = studyFromWide([
    [1, 2, 1],
    [2, 1, 3],
    [3, 3, 2],
    [4, 4, 4],
  ]);

  test('APIAA is the mean over pairs, AMIAA over coders against the mean of the others', () => {
    const pairs = defined(apiaa(three));
    expect(pairs.value).toBeCloseTo((0.8 + 0.8 + 0.4) / 3, 12);
    expect(pairs.spread).toMatchObject({ count: 3, min: expect.closeTo(0.4, 12) as number });
    // Means of the others: 1.5 2 2.5 4; 1 2.5 2.5 4; 1.5 1.5 3 4.
    const byRanks = [1, 0.632455532033676, 0.632455532033676];
    expect(defined(amiaa(three)).value).toBeCloseTo(byRanks.reduce((sum, r) => sum + r, 0) / 3, 9);
    expect(defined(amiaa(three, { correlation: 'pearson' })).convention).toContain('pearson');
  });

  test('pairs with too little in common and constant coders are left out', () => {
    expect(reasonOf(apiaa(three, { minimumOverlap: 5 }))).toBe(
      'no two coders share 5 units on which both vary',
    );
    const flat = studyFromWide([
      [1, 1, 5],
      [2, 3, 5],
      [3, 2, 5],
    ]);
    expect(defined(apiaa(flat)).spread.count).toBe(1);
  });

  test('values of two coders on the units they share', () => {
    const { first, second } = pairedNumbers(
      studyFromWide([
        [1, 2],
        [3, null],
        [5, 6],
      ]),
    );
    expect([...first, ...second]).toEqual([1, 5, 2, 6]);
  });
});

describe('split-half reliability', () => {
  test('two coders have one split: their correlation, stepped up', () => {
    const result = splitHalf(
      studyFromWide([
        [1, 2],
        [2, 1],
        [3, 4],
        [4, 3],
      ]),
    );
    if (result.kind === 'undefined') throw new Error(result.reason);
    expect(result).toMatchObject({ exact: true, splits: 1, seed: null, sdPearson: null });
    expect(result.pearson).toBeCloseTo(0.6, 12);
    expect(result.spearmanBrownPearson).toBeCloseTo(0.75, 12);
    expect(result.ceiling).toBeCloseTo(Math.sqrt(0.75), 12);
  });

  test.each([
    [3, 3],
    [4, 3],
    [5, 10],
    [8, 35],
    [13, 1716],
  ])('%d coders have %d distinct splits, all of which are tried', (coders, splits) => {
    const generator = seededGenerator(1);
    const table = Array.from({ length: 6 }, (_, unit) =>
      Array.from({ length: coders }, () => unit + generator.next()),
    );
    expect(splitHalf(studyFromWide(table))).toMatchObject({ kind: 'defined', exact: true, splits });
  });

  test('random splits come from the seed and are close to all of them', () => {
    const generator = seededGenerator(8);
    const table = Array.from({ length: 40 }, (_, unit) =>
      Array.from({ length: 8 }, () => unit / 10 + generator.normal()),
    );
    const study = studyFromWide(table);
    const all = splitHalf(study);
    const drawn = splitHalf(study, { enumerateUpTo: 1, seed: 5 });
    const anonymous = splitHalf(study, { columns: 'anonymous', seed: 5 });
    if (all.kind === 'undefined' || drawn.kind === 'undefined' || anonymous.kind === 'undefined')
      throw new Error();
    expect(drawn).toMatchObject({ exact: false, splits: 1000, seed: 5 });
    expect(splitHalf(study, { enumerateUpTo: 1, seed: 5 })).toEqual(drawn);
    expect(Math.abs(drawn.pearson - all.pearson)).toBeLessThan(0.01);
    expect(Math.abs(anonymous.pearson - all.pearson)).toBeLessThan(0.03);
  });

  test('is undefined where no halves vary', () => {
    expect(
      splitHalf(
        studyFromWide([
          [1, 1],
          [1, 1],
        ]),
      ),
    ).toMatchObject({ kind: 'undefined' });
  });

  test('Spearman–Brown', () => {
    expect(spearmanBrown(0.6, 2)).toBeCloseTo(0.75, 12);
    expect(spearmanBrown(0.75, 0.5)).toBeCloseTo(0.6, 12);
    expect(() => spearmanBrown(-1, 2)).toThrow(RangeError);
  });
});

describe('error of measurement', () => {
  test('of Shrout & Fleiss: √MS_within, or √MS_error of consistency', () => {
    expect(standardErrorOfMeasurement(judges)).toEqual({
      value: expect.closeTo(Math.sqrt(6.2638888888888875), 12) as number,
    });
    expect(standardErrorOfMeasurement(judges, 'consistency')).toEqual({
      value: expect.closeTo(Math.sqrt(1.019444444444442), 12) as number,
    });
    expect(
      standardErrorOfMeasurement(
        studyFromWide([
          [1, null],
          [null, 2],
        ]),
      ),
    ).toMatchObject({ value: null });
  });

  test('spread of the units', () => {
    const spread = unitSpread(
      studyFromWide([
        [1, 3, null],
        [2, 2, 2],
        [0, null, null],
      ]),
    );
    expect(spread).toEqual({
      units: 2,
      meanSd: expect.closeTo(Math.SQRT2 / 2, 12) as number,
      medianSd: expect.closeTo(Math.SQRT2 / 2, 12) as number,
      maxSd: expect.closeTo(Math.SQRT2, 12) as number,
      meanStandardError: expect.closeTo(0.5, 12) as number,
    });
    expect(
      unitSpread(
        studyFromWide([
          [1, null],
          [null, 2],
        ]),
      ),
    ).toBeNull();
  });
});
