import { describe, expect, test } from 'vitest';
import { fleissKappa } from '../chance-corrected/fleiss-kappa.ts';
import { scottsPi } from '../chance-corrected/scotts-pi.ts';
import { type IntervalOptions } from '../inference/interval-options.ts';
import { seededGenerator } from '../random.ts';
import { studyFromContingency } from '../study/from-contingency.ts';
import { studyFromPartitions } from '../study/from-partitions.ts';
import { studyFromRows } from '../study/from-rows.ts';
import { studyFromWide } from '../study/from-wide.ts';
import { unitCountsFromTable } from '../study/unit-counts.ts';
import { defined, reasonOf } from '../testing/defined.ts';
import {
  COHEN_1960,
  FLEISS_1971,
  KRIPPENDORFF_2011,
  krippendorff2011,
} from '../testing/published-examples.ts';
import { krippendorffsAlpha } from './krippendorffs-alpha.ts';
import { type AlphaMetric } from './metric.ts';

function alpha(metric: AlphaMetric, table = KRIPPENDORFF_2011): number {
  return defined(krippendorffsAlpha(studyFromWide(table), { metric })).value;
}

describe("Krippendorff's example of 2011", () => {
  test.each([
    ['nominal', 0.743421052631579],
    ['ordinal', 0.8153875037548814],
    ['interval', 0.8491071428571428],
    ['ratio', 0.7974027747116121],
  ] as const)('%s: %d', (metric, wanted) => {
    expect(alpha(metric)).toBeCloseTo(wanted, 12);
  });

  test("Gwet's ordinal weights are another thing than the ordinal metric: .834", () => {
    expect(alpha({ kind: 'weights', weights: 'ordinal' })).toBeCloseTo(0.8336, 4);
  });

  test('its parts, its disagreements and what it used', () => {
    const estimate = defined(krippendorffsAlpha(krippendorff2011()));
    expect(estimate.observed).toBeCloseTo(0.805, 12);
    expect(estimate.expected).toBeCloseTo(0.24, 12);
    expect(estimate.disagreement.observed).toBeCloseTo(0.2, 12);
    expect(estimate.disagreement.expected).toBeCloseTo(0.7794871794871795, 12);
    expect(estimate.used).toEqual({
      units: 11,
      coders: 4,
      ratings: 40,
      dropped: { units: 1, coders: 0, ratings: 1 },
    });
    expect(estimate.se).toBeCloseTo(0.145478717222199, 12);
    expect(estimate.ci?.low).toBeCloseTo(0.423224554916351, 12);
    expect(estimate.ci?.high).toBe(1);
  });

  test('counts of units by category give the same as the ratings', () => {
    const ratings = FLEISS_1971.map((row) => row.flatMap((count, k) => new Array<number>(count).fill(k + 1)));
    const byCounts = defined(krippendorffsAlpha(unitCountsFromTable(FLEISS_1971)));
    expect(byCounts.value).toBeCloseTo(alpha('nominal', ratings), 12);
  });

  test('duplicating every unit moves it (.7434 → .7401), for its expected part divides by n(n − 1)', () => {
    expect(alpha('nominal', [...KRIPPENDORFF_2011, ...KRIPPENDORFF_2011])).toBeCloseTo(0.7401, 4);
  });
});

describe('metrics', () => {
  test('a matrix and a function of distances give what the named metrics give', () => {
    const size = 5;
    const squares = Array.from({ length: size }, (_, a) =>
      Array.from({ length: size }, (_, b) => (a - b) ** 2),
    );
    expect(alpha({ kind: 'matrix', distances: squares })).toBeCloseTo(alpha('interval'), 12);
    expect(alpha({ kind: 'function', distance: (a, b) => (a - b) ** 2 })).toBeCloseTo(alpha('interval'), 12);
    expect(() => alpha({ kind: 'matrix', distances: [[0]] })).toThrow('square matrix of 5');
    const skewed = squares.map((row, a) => row.map((distance, b) => (a < b ? distance : 0)));
    expect(() => alpha({ kind: 'matrix', distances: skewed })).toThrow('differs from its mirror image');
  });

  test('circular distances go the short way round', () => {
    const clock = [
      [23, 1],
      [12, 12],
      [6, 6],
      [18, 18],
    ];
    const circular = alpha({ kind: 'circular', period: 24 }, clock);
    expect(circular).toBeGreaterThan(alpha('interval', clock));
    const byHand = alpha(
      {
        kind: 'function',
        distance: (a, b) => {
          const hours = [1, 6, 12, 18, 23];
          return Math.sin((Math.PI * ((hours[a] ?? 0) - (hours[b] ?? 0))) / 24) ** 2;
        },
      },
      clock,
    );
    expect(circular).toBeCloseTo(byHand, 12);
  });

  test('bipolar distances grow towards the ends', () => {
    const table = [
      [1, 2],
      [2, 2],
      [3, 3],
      [5, 4],
      [1, 1],
      [5, 5],
    ];
    const byHand = alpha(
      { kind: 'function', distance: (a, b) => (a === b ? 0 : (a - b) ** 2 / ((a + b) * (8 - a - b))) },
      table,
    );
    expect(alpha('bipolar', table)).toBeCloseTo(byHand, 12);
  });

  test('thousands of distinct reals need no table of distances', () => {
    const generator = seededGenerator(4);
    const table = Array.from({ length: 3000 }, () => {
      const truth = generator.normal();
      return [truth + 0.3 * generator.normal(), truth + 0.3 * generator.normal()];
    });
    const value = alpha('interval', table);
    // Reliability of one rating: 1/(1 + .09).
    expect(Math.abs(value - 1 / 1.09)).toBeLessThan(0.02);
    expect(Math.abs(alpha('ordinal', table) - value)).toBeLessThan(0.03);
  });

  test('are refused where they do not fit the scale', () => {
    expect(() => alpha('masi')).toThrow('needs sets');
    expect(() => krippendorffsAlpha(studyFromWide([['a', 'b']]), { metric: 'interval' })).toThrow(
      'needs numeric',
    );
    expect(() => alpha('ratio', [[-1, 1]])).toThrow('not negative');
  });
});

describe('sets and chains', () => {
  const nine = [
    [[], []],
    [['A'], []],
    [['A'], ['A']],
    [['A'], ['B']],
    [['A', 'B'], ['A']],
    [
      ['A', 'B'],
      ['A', 'C'],
    ],
    [
      ['A', 'B', 'C'],
      ['A', 'B', 'C'],
    ],
    [['C'], ['A', 'C']],
    [['C'], ['A', 'C']],
  ];

  test.each([
    ['masi', 0.2730806608357629],
    ['passonneau', 0.18617021276595744],
    ['jaccard', 0.31561996779388085],
    ['dice', 0.3602150537634409],
    ['nominal', 0.23880597014925373],
  ] as const)("DKPro's set annotations by %s: %d", (metric, wanted) => {
    expect(defined(krippendorffsAlpha(studyFromWide(nine), { metric })).value).toBeCloseTo(wanted, 12);
  });

  test('chains of mentions, a mention itself included or not', () => {
    const partitions = [
      { coder: 'a', chains: [['m1', 'm2', 'm3'], ['m4']] },
      {
        coder: 'b',
        chains: [
          ['m1', 'm2'],
          ['m3', 'm4'],
        ],
      },
    ];
    const chains = studyFromPartitions(partitions);
    // Of 8 values {m1,m2,m3} stands three times, {m1,m2} and {m3,m4} twice, {m4} once.
    // Jaccard distances: 1/3 (m1), 1/3 (m2), 3/4 (m3), 1/2 (m4) within units, D_o = (1/3 + 1/3 + 3/4 + 1/2)/4.
    const between = 2 * (6 * (1 / 3) + 6 * (3 / 4) + 3 * 1 + 4 * 1 + 2 * 1 + 2 * (1 / 2));
    const wanted = 1 - (1 / 3 + 1 / 3 + 3 / 4 + 1 / 2) / 4 / (between / 56);
    expect(defined(krippendorffsAlpha(chains, { metric: 'jaccard' })).value).toBeCloseTo(wanted, 12);
    const others = studyFromPartitions(partitions, { includeSelf: false });
    expect(defined(krippendorffsAlpha(others, { metric: 'jaccard' })).value).not.toBeCloseTo(wanted, 3);
  });
});

describe('intervals of alpha', () => {
  function interval(options: IntervalOptions, metric: AlphaMetric = 'nominal'): ReturnType<typeof defined> {
    return defined(krippendorffsAlpha(krippendorff2011(), { metric, interval: options }));
  }

  test('jackknife, percentile and BCa agree with 20,000 resamples of another implementation', () => {
    expect(interval({ method: 'jackknife' }).se).toBeCloseTo(0.1463266522007062, 12);
    const percentile = interval({ method: 'percentile', resamples: 5000 });
    expect(percentile.seed).toBe(1);
    expect(Math.abs((percentile.se ?? NaN) - 0.1436)).toBeLessThan(0.006);
    expect(Math.abs((percentile.ci?.low ?? NaN) - 0.4153)).toBeLessThan(0.025);
    const bca = interval({ method: 'bca', resamples: 5000 });
    expect(Math.abs((bca.ci?.low ?? NaN) - 0.397)).toBeLessThan(0.035);
    expect(Math.abs((bca.ci?.high ?? NaN) - 0.939)).toBeLessThan(0.035);
  });

  test('the same seed gives the same interval, another seed another', () => {
    const low = (seed: number): number | undefined => interval({ method: 'bca', seed }, 'interval').ci?.low;
    expect(low(3)).toBe(low(3));
    expect(low(3)).not.toBe(low(4));
  });

  test("Krippendorff's own bootstrap is shorter than the bootstrap over units", () => {
    const table = unitCountsFromTable(FLEISS_1971);
    const width = (method: 'krippendorff' | 'percentile'): number => {
      const { ci } = defined(krippendorffsAlpha(table, { interval: { method, resamples: 2000 } }));
      return ci === null ? NaN : ci.high - ci.low;
    };
    expect(width('krippendorff')).toBeLessThan(width('percentile'));
    expect(width('krippendorff')).toBeGreaterThan(0.05);
  });

  test('the linearised standard error is that of Gwet for a fixed metric', () => {
    for (const metric of ['nominal', 'interval', 'ratio'] as const) {
      expect(interval({ method: 'linearised' }, metric).se).toBeCloseTo(interval({}, metric).se ?? NaN, 9);
    }
  });

  test('the ordinal metric changes with the sample, and its standard error knows', () => {
    const analytic = interval({}, 'ordinal').se ?? NaN;
    const jackknife = interval({ method: 'jackknife' }, 'ordinal').se ?? NaN;
    expect(Math.abs(analytic / jackknife - 1)).toBeLessThan(0.02);
  });

  test('irrCAC has another formula for counts, which is there to be compared with', () => {
    const counts = unitCountsFromTable(FLEISS_1971.slice(0, 15));
    expect(defined(krippendorffsAlpha(counts)).se).toBeCloseTo(defined(fleissKappa(counts)).se ?? NaN, 12);
    expect(defined(krippendorffsAlpha(counts, { formula: 'distribution' })).se).toBeCloseTo(
      0.0824322761989434,
      12,
    );
  });

  test('can be watched and stopped', () => {
    const shares: number[] = [];
    interval({ method: 'percentile', resamples: 100, onProgress: (share) => shares.push(share) });
    expect(shares).toEqual([0.5, 1]);
    const signal = AbortSignal.abort(new Error('enough'));
    expect(() => interval({ method: 'bca', signal })).toThrow('enough');
  });

  test('a level outside 0 to 1 and a single resample are refused', () => {
    expect(() => interval({ level: 95 })).toThrow('between 0 and 1');
    expect(() => interval({ method: 'bca', resamples: 1 })).toThrow('two resamples');
  });
});

describe('alpha at its limits', () => {
  test('two coders and nominal data: pi and a small-sample term', () => {
    const study = studyFromContingency(COHEN_1960);
    const pi = defined(scottsPi(study)).value;
    const n = 2 * 200;
    expect(defined(krippendorffsAlpha(study)).value).toBeCloseTo(1 - ((1 - pi) * (n - 1)) / n, 12);
  });

  test('is undefined with one category or without overlap, never 0, 1 or NaN', () => {
    expect(
      reasonOf(
        krippendorffsAlpha(
          studyFromWide([
            [1, 1],
            [1, 1],
          ]),
        ),
      ),
    ).toContain('only one category was used');
    expect(
      reasonOf(
        krippendorffsAlpha(
          studyFromWide([
            [1, null],
            [null, 2],
          ]),
        ),
      ),
    ).toBe('no unit was rated by two coders');
  });

  test('total disagreement of two units is −.5; a unit rated once does not count', () => {
    expect(
      defined(
        krippendorffsAlpha(
          studyFromWide([
            ['A', 'B'],
            ['B', 'A'],
          ]),
        ),
      ).value,
    ).toBeCloseTo(-0.5, 12);
    const easy = studyFromRows([
      { coder: 'coder1', unit: 'dress1', value: 'YES' },
      { coder: 'coder2', unit: 'dress1', value: 'NO' },
      { coder: 'coder3', unit: 'dress1', value: 'NO' },
      { coder: 'coder1', unit: 'dress2', value: 'YES' },
      { coder: 'coder2', unit: 'dress2', value: 'NO' },
      { coder: 'coder3', unit: 'dress3', value: 'NO' },
    ]);
    expect(defined(krippendorffsAlpha(easy)).value).toBeCloseTo(-1 / 3, 12);
  });

  test.each(['analytic', 'jackknife', 'percentile', 'bca'] as const)(
    'perfect agreement is 1, with no %s interval',
    (method) => {
      const estimate = defined(
        krippendorffsAlpha(
          studyFromWide([
            [1, 1],
            [2, 2],
            [1, 1],
            [2, 2],
          ]),
          { interval: { method } },
        ),
      );
      expect(estimate).toMatchObject({ value: 1, se: 0, ci: null, test: null });
      expect(estimate.notes.at(-1)).toContain('no interval: all units say the same');
    },
  );

  test('a coder who rated nothing is named as dropped and changes nothing', () => {
    const rows = [
      ['a', 'a'],
      ['b', 'a'],
      ['b', 'b'],
    ];
    const two = defined(krippendorffsAlpha(studyFromWide(rows)));
    const three = defined(krippendorffsAlpha(studyFromWide(rows.map((row) => [...row, null]))));
    expect(three).toEqual({ ...two, used: { ...two.used, dropped: { ...two.used.dropped, coders: 1 } } });
  });
});
