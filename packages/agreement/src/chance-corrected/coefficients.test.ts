import { describe, expect, test } from 'vitest';
import { studyFromContingency } from '../study/from-contingency.ts';
import { studyFromWide } from '../study/from-wide.ts';
import { unitCountsFromTable } from '../study/unit-counts.ts';
import { defined, reasonOf } from '../testing/defined.ts';
import {
  ANXIETY,
  BEN_GERRY,
  COHEN_1960,
  FLEISS_1971,
  krippendorff2011,
} from '../testing/published-examples.ts';
import { bangdiwalasB } from './bangdiwalas-b.ts';
import { bennettsS } from './bennetts-s.ts';
import { cohensKappa } from './cohens-kappa.ts';
import { congersKappa } from './congers-kappa.ts';
import { fleissKappa } from './fleiss-kappa.ts';
import { gwetsAc } from './gwets-ac.ts';
import { kappaMax } from './kappa-max.ts';
import { lightsKappa } from './lights-kappa.ts';
import { pabak } from './pabak.ts';
import { pairwiseCohensKappa } from './pairwise-kappa.ts';
import { percentAgreement } from './percent-agreement.ts';
import { scottsPi } from './scotts-pi.ts';

const cohen = studyFromContingency(COHEN_1960);
const benGerry = studyFromWide(BEN_GERRY);
const fleiss = unitCountsFromTable(FLEISS_1971);

describe('percent agreement', () => {
  test("of Krippendorff's example, by units and by pairs", () => {
    const byUnits = defined(percentAgreement(krippendorff2011()));
    expect(byUnits.value).toBeCloseTo(0.818181818181818, 12);
    expect(byUnits.se).toBeCloseTo(0.125608959946865, 12);
    expect(byUnits.used).toMatchObject({ units: 11, ratings: 40, dropped: { units: 1, ratings: 1 } });
    const byPairs = defined(percentAgreement(krippendorff2011(), { average: 'pairs' }));
    expect(byPairs.convention).toContain('all pairs pooled');
    // Eight units of four coders, two of three, one of two: 55 pairs.
    expect(byPairs.value).toBeCloseTo(43 / 55, 12);
  });

  test('is undefined where no unit has two ratings', () => {
    expect(
      reasonOf(
        percentAgreement(
          studyFromWide([
            [1, null],
            [null, 2],
          ]),
        ),
      ),
    ).toBe('no unit was rated by two coders');
  });
});

describe("Cohen's kappa", () => {
  test('of Cohen 1960, table 2: .492, at most .831', () => {
    const kappa = defined(cohensKappa(cohen));
    expect(kappa.value).toBeCloseTo(0.491525423728813, 12);
    expect(kappa.observed).toBeCloseTo(0.7, 12);
    expect(kappa.expected).toBeCloseTo(0.41, 12);
    expect(kappa.se).toBeCloseTo(0.0510018155760778, 12);
    expect(kappa.test?.se).toBeCloseTo(0.051978936356595444, 12);
    expect(defined(kappaMax(cohen)).value).toBeCloseTo(0.8305084745762712, 12);
  });

  test('weighted, of Cohen 1968: .348', () => {
    const weights = [
      [1, 0, -2],
      [0, 1, -5],
      [-2, -5, 1],
    ];
    expect(defined(cohensKappa(cohen, { weights })).value).toBeCloseTo(0.3478260869565216, 12);
  });

  test('needs two coders by name in a larger study', () => {
    const study = studyFromWide(ANXIETY, { coders: ['a', 'b', 'c'] });
    expect(() => cohensKappa(study)).toThrow('the study has 3');
    expect(() => cohensKappa(study, { coders: ['a', 'd'] })).toThrow('no two coders named');
    expect(defined(cohensKappa(study, { coders: ['a', 'b'] })).used.dropped.coders).toBe(1);
    expect(pairwiseCohensKappa(study).map(({ first, second }) => first + second)).toEqual(['ab', 'ac', 'bc']);
  });

  test('of every pair is the same in one pass as pair by pair', () => {
    const study = krippendorff2011();
    const apart = pairwiseCohensKappa(study, { interval: { method: 'analytic' }, weights: 'linear' });
    for (const [index, { estimate }] of pairwiseCohensKappa(study, { weights: 'linear' }).entries()) {
      const wanted = apart[index]?.estimate;
      expect(estimate.value).toBeCloseTo(wanted?.value ?? NaN, 12);
      expect(estimate.used).toEqual(wanted?.used);
      expect(estimate.convention).toBe(wanted?.convention);
    }
  });

  test('is undefined where both used one category, defined where each used another', () => {
    const same = studyFromWide([
      [1, 1],
      [1, 1],
    ]);
    expect(reasonOf(cohensKappa(same))).toContain('only one and the same category');
    expect(reasonOf(kappaMax(same))).toContain('only one and the same category');
    expect(
      defined(
        cohensKappa(
          studyFromWide([
            [1, 2],
            [1, 2],
          ]),
        ),
      ).value,
    ).toBe(0);
  });
});

describe("Scott's pi", () => {
  test('of Cohen 1960, table 2: .487', () => {
    const pi = defined(scottsPi(cohen));
    expect(pi.value).toBeCloseTo(0.487179487179487, 12);
    expect(pi.se).toBeCloseTo(0.0522828298398507, 12);
    expect(reasonOf(scottsPi(studyFromWide([[1, 1]])))).toBe('only one category was used');
  });
});

describe("Bennett's S, PABAK", () => {
  test('of Cohen 1960, table 2: .55 with three categories', () => {
    expect(defined(bennettsS(cohen, { interval: { divisor: 'n' } })).se).toBeCloseTo(0.0486055552380589, 12);
    expect(defined(bennettsS(cohen)).value).toBeCloseTo(0.55, 12);
    expect(defined(pabak(cohen)).value).toBeCloseTo(0.55, 12);
    expect(defined(pabak(cohen)).se).toBeCloseTo(0.0486055552380589, 12);
  });

  test('of two categories PABAK is 2p − 1 (Byrt, Bishop & Carlin 1993)', () => {
    const study = studyFromContingency([
      [80, 15],
      [5, 0],
    ]);
    expect(defined(pabak(study)).value).toBeCloseTo(0.6, 12);
  });

  test('count declared categories, used or not', () => {
    const table = [
      ['a', 'a'],
      ['a', 'b'],
    ];
    expect(defined(bennettsS(studyFromWide(table))).value).toBeCloseTo(0, 12);
    expect(defined(bennettsS(studyFromWide(table, { categories: ['a', 'b', 'c', 'd'] }))).value).toBeCloseTo(
      1 / 3,
      12,
    );
    expect(reasonOf(bennettsS(studyFromWide([['a', 'a']])))).toBe('there is only one category');
  });
});

describe("Bangdiwala's B", () => {
  test('of Cohen 1960, table 2: .579', () => {
    const b = defined(bangdiwalasB(cohen));
    expect(b.value).toBeCloseTo(0.578536585365854, 12);
    expect(b.se).toBeCloseTo(0.0467784968626829, 12);
    expect(reasonOf(bangdiwalasB(studyFromWide([[1, 2]])))).toContain('no category was used by both');
  });
});

describe("Fleiss' kappa", () => {
  test('of Fleiss 1971, table 1: .430, z 17.65', () => {
    const kappa = defined(fleissKappa(fleiss));
    expect(kappa.value).toBeCloseTo(0.430244520060141, 12);
    expect(kappa.test?.statistic).toBeCloseTo(17.6518305829914, 10);
  });

  test('with a missing value, by Gwet: .649', () => {
    const kappa = defined(fleissKappa(benGerry));
    expect(kappa.value).toBeCloseTo(0.649350649350649, 12);
    expect(kappa.se).toBeCloseTo(0.191295542755993, 12);
    expect(kappa.ci?.low).toBeCloseTo(0.228311998553033, 12);
    expect(kappa.ci?.high).toBe(1);
  });

  test("Gwet's form and the true influence differ only where units have one rating", () => {
    const se = (method: 'analytic' | 'linearised', source: typeof benGerry | typeof fleiss): number =>
      defined(fleissKappa(source, { interval: { method } })).se ?? NaN;
    expect(se('linearised', fleiss)).toBeCloseTo(se('analytic', fleiss), 12);
    expect(Math.abs(se('linearised', benGerry) - se('analytic', benGerry))).toBeGreaterThan(0.001);
  });

  test('is undefined with one category', () => {
    expect(
      reasonOf(
        fleissKappa(
          studyFromWide([
            [1, 1],
            [1, 1],
          ]),
        ),
      ),
    ).toBe('only one category was used');
  });
});

describe("Conger's kappa", () => {
  test('with a missing value, by Gwet: .657', () => {
    const kappa = defined(congersKappa(benGerry));
    expect(kappa.value).toBeCloseTo(0.657142857142857, 12);
    expect(kappa.expected).toBeCloseTo(0.204545454545455, 12);
    expect(kappa.se).toBeCloseTo(0.179430354116416, 12);
  });

  test("of two coders without missing values is Cohen's kappa", () => {
    expect(defined(congersKappa(cohen)).value).toBeCloseTo(defined(cohensKappa(cohen)).value, 12);
  });

  test('leaves out coders without ratings, and says so', () => {
    const idle = studyFromWide(BEN_GERRY.map((row) => [...row, null]));
    const kappa = defined(congersKappa(idle));
    expect(kappa.value).toBeCloseTo(0.657142857142857, 12);
    expect(kappa.used).toMatchObject({ coders: 2, dropped: { coders: 1 } });
  });
});

describe("Light's kappa", () => {
  test('of the anxiety ratings: −.0175', () => {
    const kappa = defined(lightsKappa(studyFromWide(ANXIETY)));
    expect(kappa.value).toBeCloseTo(-0.0174788748697766, 12);
    expect(kappa.ci?.method).toBe('jackknife');
  });

  test('leaves out pairs without a kappa, and says so', () => {
    const study = studyFromWide([
      [1, 1, 1],
      [1, 1, 2],
      [1, 1, 1],
      [1, 1, 2],
    ]);
    const kappa = defined(lightsKappa(study));
    expect(kappa.value).toBe(0);
    expect(kappa.notes).toContain('1 of 3 pairs of coders have no kappa and were left out');
    expect(
      reasonOf(
        lightsKappa(
          studyFromWide([
            [1, 1],
            [1, 1],
          ]),
        ),
      ),
    ).toBe('no pair of coders has a kappa');
  });
});

describe("Gwet's AC", () => {
  test('with a missing value: AC1 .661', () => {
    const ac = defined(gwetsAc(benGerry));
    expect(ac.value).toBeCloseTo(0.661442006269592, 12);
    expect(ac.expected).toBeCloseTo(0.194444444444444, 12);
    expect(ac.se).toBeCloseTo(0.183962151530313, 12);
    expect(ac.test?.p).toBeLessThan(0.01);
  });

  test('AC2 of Cohen 1960 with quadratic weights: .639', () => {
    const ac = defined(gwetsAc(cohen, { weights: 'quadratic', interval: { divisor: 'n' } }));
    expect(ac.value).toBeCloseTo(0.63855421686747, 12);
    expect(ac.se).toBeCloseTo(0.0575214200617199, 12);
  });

  test('has a value where all ratings fall into one of several declared categories', () => {
    expect(
      defined(
        gwetsAc(
          studyFromWide(
            [
              [1, 1],
              [1, 1],
            ],
            { categories: [1, 2] },
          ),
        ),
      ).value,
    ).toBe(1);
    expect(
      reasonOf(
        gwetsAc(
          studyFromWide([
            [1, 1],
            [1, 1],
          ]),
        ),
      ),
    ).toBe('there is only one category');
  });
});
