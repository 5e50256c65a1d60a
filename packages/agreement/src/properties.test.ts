import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bangdiwalasB,
  bennettsS,
  cohensKappa,
  congersKappa,
  cronbachsAlpha,
  type Estimate,
  fleissKappa,
  gwetsAc,
  icc,
  kendallsTauB,
  kendallsW,
  krippendorffsAlpha,
  lightsKappa,
  linsConcordance,
  pabak,
  pearson,
  percentAgreement,
  scottsPi,
  spearman,
  type Study,
  studyFromWide,
} from './index.ts';

type Table = (number | null)[][];

const CATEGORIES = [1, 2, 3, 4];

/** Measures of a study, and what must hold of each. */
interface Measured {
  readonly name: string;
  readonly of: (study: Study) => Estimate;
  readonly coders: 2 | 'any';
  readonly missing: boolean;
  /** Whether other names for the categories change nothing. */
  readonly nominal: boolean;
  /** Whether every unit a second time changes nothing. */
  readonly duplicable: boolean;
}

const none = { interval: { method: 'none' } } as const;

const MEASURES: readonly Measured[] = [
  {
    name: 'percent agreement',
    of: (s) => percentAgreement(s, none),
    coders: 'any',
    missing: true,
    nominal: true,
    duplicable: true,
  },
  {
    name: "Bennett's S",
    of: (s) => bennettsS(s, none),
    coders: 'any',
    missing: true,
    nominal: true,
    duplicable: true,
  },
  {
    name: "Scott's pi",
    of: (s) => scottsPi(s, none),
    coders: 2,
    missing: true,
    nominal: true,
    duplicable: true,
  },
  {
    name: "Cohen's kappa",
    of: (s) => cohensKappa(s, none),
    coders: 2,
    missing: true,
    nominal: true,
    duplicable: true,
  },
  {
    name: 'weighted kappa',
    of: (s) => cohensKappa(s, { weights: 'linear', ...none }),
    coders: 2,
    missing: true,
    nominal: false,
    duplicable: true,
  },
  { name: 'PABAK', of: (s) => pabak(s, none), coders: 2, missing: true, nominal: true, duplicable: true },
  {
    name: "Bangdiwala's B",
    of: (s) => bangdiwalasB(s, none),
    coders: 2,
    missing: true,
    nominal: true,
    duplicable: true,
  },
  {
    name: "Fleiss' kappa",
    of: (s) => fleissKappa(s, none),
    coders: 'any',
    missing: true,
    nominal: true,
    duplicable: true,
  },
  {
    name: "Conger's kappa",
    of: (s) => congersKappa(s, none),
    coders: 'any',
    missing: true,
    nominal: true,
    duplicable: true,
  },
  {
    name: "Light's kappa",
    of: (s) => lightsKappa(s, none),
    coders: 'any',
    missing: true,
    nominal: true,
    duplicable: true,
  },
  {
    name: "Gwet's AC1",
    of: (s) => gwetsAc(s, none),
    coders: 'any',
    missing: true,
    nominal: true,
    duplicable: true,
  },
  {
    name: "Gwet's AC2",
    of: (s) => gwetsAc(s, { weights: 'quadratic', ...none }),
    coders: 'any',
    missing: true,
    nominal: false,
    duplicable: true,
  },
  {
    name: 'nominal alpha',
    of: (s) => krippendorffsAlpha(s, none),
    coders: 'any',
    missing: true,
    nominal: true,
    duplicable: false,
  },
  {
    name: 'ordinal alpha',
    of: (s) => krippendorffsAlpha(s, { metric: 'ordinal', ...none }),
    coders: 'any',
    missing: true,
    nominal: false,
    duplicable: false,
  },
  {
    name: 'interval alpha',
    of: (s) => krippendorffsAlpha(s, { metric: 'interval', ...none }),
    coders: 'any',
    missing: true,
    nominal: false,
    duplicable: false,
  },
  {
    name: 'ICC(1)',
    of: (s) => icc(s, 'icc1'),
    coders: 'any',
    missing: true,
    nominal: false,
    duplicable: false,
  },
  {
    name: 'ICC(2,1)',
    of: (s) => icc(s, 'icc21'),
    coders: 'any',
    missing: false,
    nominal: false,
    duplicable: false,
  },
  {
    name: 'ICC(3,1)',
    of: (s) => icc(s, 'icc31'),
    coders: 'any',
    missing: false,
    nominal: false,
    duplicable: false,
  },
  {
    name: "Cronbach's alpha",
    of: cronbachsAlpha,
    coders: 'any',
    missing: false,
    nominal: false,
    duplicable: true,
  },
  { name: "Kendall's W", of: kendallsW, coders: 'any', missing: false, nominal: false, duplicable: false },
];

function tables({ coders, missing }: Measured): fc.Arbitrary<Table> {
  const cell = missing
    ? fc.option(fc.constantFrom(...CATEGORIES), { freq: 5, nil: null })
    : fc.constantFrom(...CATEGORIES);
  const width = coders === 2 ? fc.constant(2) : fc.integer({ min: 2, max: 5 });
  return width.chain((size) =>
    fc.array(fc.array(cell, { minLength: size, maxLength: size }), { minLength: 3, maxLength: 12 }),
  );
}

function study(table: Table): Study {
  return studyFromWide(table, { scale: 'numeric', categories: CATEGORIES });
}

/** Both undefined, or equal but for rounding. */
function expectSame(one: Estimate, other: Estimate): void {
  if (one.value === null || other.value === null) expect(other.value).toBe(one.value);
  else expect(other.value).toBeCloseTo(one.value, 9);
}

describe.each(MEASURES)('$name', (measured) => {
  const { of } = measured;

  test('is a finite number of at most 1, or undefined with a reason', () => {
    fc.assert(
      fc.property(tables(measured), (table) => {
        const estimate = of(study(table));
        if (estimate.value === null) expect(estimate.reason.length).toBeGreaterThan(5);
        else expect(Number.isFinite(estimate.value) && estimate.value <= 1 + 1e-12).toBe(true);
      }),
    );
  });

  test('does not depend on the order of units or coders', () => {
    fc.assert(
      fc.property(tables(measured), (table) => {
        const before = of(study(table));
        expectSame(before, of(study([...table].reverse())));
        expectSame(before, of(study(table.map((row) => [...row].reverse()))));
      }),
    );
  });

  if (measured.nominal)
    test('does not depend on the names of the categories', () => {
      fc.assert(
        fc.property(tables(measured), (table) => {
          const renamed = table.map((row) => row.map((value) => (value === null ? null : (value % 4) + 1)));
          expectSame(of(study(table)), of(study(renamed)));
        }),
      );
    });

  if (measured.duplicable)
    test('does not change when every unit is there twice', () => {
      fc.assert(
        fc.property(tables(measured), (table) => {
          expectSame(of(study(table)), of(study([...table, ...table])));
        }),
      );
    });

  test('is 1 where all agree on two categories or more', () => {
    const units = fc.uniqueArray(fc.constantFrom(...CATEGORIES), { minLength: 2 });
    fc.assert(
      fc.property(units, (categories) => {
        const agreed = categories.map((category) => [category, category]);
        const { value } = of(study(agreed));
        if (value === null) throw new Error('undefined');
        expect(value).toBeCloseTo(1, 12);
      }),
    );
  });
});

test('alpha and ICC(1) do change when every unit is there twice', () => {
  const table = [
    [1, 2],
    [2, 2],
    [3, 4],
    [1, 1],
  ];
  for (const measure of [(s: Study) => krippendorffsAlpha(s, none), (s: Study) => icc(s, 'icc1')]) {
    expect(measure(study(table)).value).not.toBeCloseTo(measure(study([...table, ...table])).value ?? NaN, 4);
  }
});

test('nominal alpha of two coders is pi with a small-sample term', () => {
  const complete = fc.array(fc.tuple(fc.constantFrom(1, 2, 3), fc.constantFrom(1, 2, 3)), {
    minLength: 2,
    maxLength: 20,
  });
  fc.assert(
    fc.property(complete, (table) => {
      const pi = scottsPi(study(table), none).value;
      const alpha = krippendorffsAlpha(study(table), none).value;
      if (pi === null || alpha === null) expect(alpha).toBe(pi);
      else expect(alpha).toBeCloseTo(1 - (1 - pi) * (1 - 1 / (2 * table.length)), 9);
    }),
  );
});

describe.each([
  ['Pearson', pearson],
  ['Spearman', spearman],
  ["Kendall's tau-b", kendallsTauB],
  ["Lin's concordance", linsConcordance],
] as const)('%s', (_, measure) => {
  const columns = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 })), {
    minLength: 4,
    maxLength: 30,
  });

  test('is symmetric, lies within ±1 and does not see duplicates or order', () => {
    fc.assert(
      fc.property(columns, (pairs) => {
        const x = pairs.map(([a]) => a);
        const y = pairs.map(([, b]) => b);
        const one = measure(x, y);
        expectSame(one, measure(y, x));
        expectSame(one, measure([...x, ...x], [...y, ...y]));
        expectSame(one, measure([...x].reverse(), [...y].reverse()));
        if (one.value !== null) expect(Math.abs(one.value)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
