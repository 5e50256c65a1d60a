import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { krippendorffsAlpha } from '../alpha/krippendorffs-alpha.ts';
import { cohensKappa } from '../chance-corrected/cohens-kappa.ts';
import { gwetsAc } from '../chance-corrected/gwets-ac.ts';
import { percentAgreement } from '../chance-corrected/percent-agreement.ts';
import { namedGenerator } from '../random.ts';
import { studyFromRows } from '../study/from-rows.ts';
import type { StudyRow } from '../study/from-rows.ts';
import type { Study } from '../study/study.ts';
import { pairedChange } from './paired-change.ts';
import type { StudyMeasure } from './paired-change.ts';

const RESAMPLES = 40;

/** What each coder said of a unit; null for nothing. */
type Said = readonly (string | null)[];

interface Unit {
  readonly document: number;
  readonly before: Said;
  readonly after: Said;
}

/** One look of the drawn documents, each time a document is drawn as units of their own. */
function lookOf(units: readonly Unit[], look: 'before' | 'after', documents: readonly number[]): Study {
  const rows = documents.flatMap((document, draw) =>
    units.flatMap((unit, place): StudyRow[] =>
      unit.document !== document
        ? []
        : unit[look].map((value, coder) => ({ unit: `${draw} ${place}`, coder: `c${coder}`, value })),
    ),
  );
  return studyFromRows(rows, { scale: 'nominal', categories: ['a', 'b', 'c'] });
}

function quantile(ascending: readonly number[], share: number): number {
  const at = share * (ascending.length - 1);
  const [low, high] = [ascending[Math.floor(at)] ?? NaN, ascending[Math.ceil(at)] ?? NaN];
  return low + (at - Math.floor(at)) * (high - low);
}

const MEASURES: Readonly<Record<string, StudyMeasure>> = {
  'percent agreement': (study, interval) => percentAgreement(study, { interval }),
  alpha: (study, interval) => krippendorffsAlpha(study, { interval }),
  kappa: (study, interval) => cohensKappa(study, { coders: ['c0', 'c1'], interval }),
};

describe.each(Object.entries(MEASURES))('the change of %s', (_, measure) => {
  it('is drawn from the same documents before and after', () => {
    const said = fc.array(fc.option(fc.constantFrom('a', 'b', 'c'), { freq: 6 }), {
      minLength: 3,
      maxLength: 3,
    });
    const document = fc.array(fc.record({ before: said, after: said }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(document, { minLength: 2, maxLength: 5 }), fc.nat(), (documents, seed) => {
        // All three rated the first unit of each document, so that none drops out.
        const units = documents.flatMap((of, place): Unit[] => [
          {
            document: place,
            before: ['a', place % 2 === 0 ? 'b' : 'a', 'c'],
            after: ['b', 'b', place === 0 ? 'a' : 'b'],
          },
          ...of.map((looks) => ({ document: place, ...looks })),
        ]);
        const all = documents.map((__, place) => place);
        const [before, after] = [lookOf(units, 'before', all), lookOf(units, 'after', all)];
        const documentOf = (unit: string): string => unit.split(' ')[0] ?? '';
        const change = pairedChange(before, after, measure, {
          ...{ resamples: RESAMPLES, seed, clusterOf: documentOf },
        });
        const [was, is] = [
          measure(before, { method: 'none' }).value,
          measure(after, { method: 'none' }).value,
        ];
        if (was === null || is === null) {
          expect(change.value).toBeNull();
          return;
        }
        expect(change.value).toBeCloseTo(is - was, 12);

        const generator = namedGenerator('bootstrap', seed);
        const drawn = new Uint32Array(documents.length);
        const values: number[] = [];
        for (let resample = 0; resample < RESAMPLES; resample += 1) {
          generator.fillBelow(documents.length, drawn);
          const [low, high] = (['before', 'after'] as const).map(
            (look) => measure(lookOf(units, look, [...drawn]), { method: 'none' }).value,
          );
          if (low !== null && low !== undefined && high !== null && high !== undefined)
            values.push(high - low);
        }
        values.sort((one, other) => one - other);
        if (change.value === null || change.ci === null) {
          expect(quantile(values, 0.975) - quantile(values, 0.025)).toBeCloseTo(0, 9);
          return;
        }
        expect(change.ci.low).toBeCloseTo(quantile(values, 0.025), 9);
        expect(change.ci.high).toBeCloseTo(quantile(values, 0.975), 9);
      }),
      { numRuns: 30 },
    );
  });
});

describe('a change', () => {
  const study = (...units: readonly (readonly [string, string])[]): Study =>
    studyFromRows(
      units.flatMap(([one, other], place) => [
        { unit: `u${place}`, coder: 'c0', value: one },
        { unit: `u${place}`, coder: 'c1', value: other },
      ]),
      { scale: 'nominal', categories: ['a', 'b'] },
    );
  const alpha: StudyMeasure = (of, interval) => krippendorffsAlpha(of, { interval });
  const before = study(['a', 'a'], ['a', 'b'], ['b', 'a'], ['b', 'b'], ['a', 'b'], ['b', 'b']);
  const after = study(['a', 'a'], ['a', 'a'], ['b', 'b'], ['b', 'b'], ['a', 'b'], ['b', 'b']);

  it('is that of two figures worked out by hand', () => {
    // Before: 3 of 6 units differ, 5 a and 7 b: 1 − 11 · (2·3) / (2·5·7) = 1 − 66/70. After: 1 of 6 differs, 5 a and
    // 7 b: 1 − 11 · 2 / 70.
    expect(pairedChange(before, after, alpha, { method: 'none' })).toMatchObject({
      measure: 'change of krippendorff-alpha',
      value: expect.closeTo(44 / 70, 12) as number,
      ci: null,
      used: { units: 6, coders: 2, ratings: 24 },
    });
  });

  it('is nothing, for certain, where nothing changed', () => {
    expect(pairedChange(before, before, alpha, { seed: 3 })).toMatchObject({ value: 0, se: 0, ci: null });
  });

  it('turns its sign with the order of the looks', () => {
    const there = pairedChange(before, after, alpha, { seed: 5 });
    const back = pairedChange(after, before, alpha, { seed: 5 });
    if (there.value === null || back.value === null) throw new Error('undefined');
    expect(back.value).toBeCloseTo(-there.value, 12);
    expect(back.ci?.low).toBeCloseTo(-(there.ci?.high ?? NaN), 12);
    expect(back.ci?.high).toBeCloseTo(-(there.ci?.low ?? NaN), 12);
  });

  it('is narrower than two looks drawn apart, where units are as hard in one as in the other', () => {
    const hard = Array.from({ length: 40 }, (_, place): readonly [string, string] =>
      place % 4 === 0 ? ['a', 'b'] : [place % 2 === 0 ? 'a' : 'b', place % 2 === 0 ? 'a' : 'b'],
    );
    const mended = hard.map((pair, place): readonly [string, string] => (place === 0 ? ['a', 'a'] : pair));
    const agreement: StudyMeasure = (of, interval) => percentAgreement(of, { interval });
    const change = pairedChange(study(...hard), study(...mended), agreement, { seed: 1 });
    if (change.value === null) throw new Error('undefined');
    expect(change.value).toBeCloseTo(1 / 40, 12);
    // Only one unit changed: the standard deviation of Binomial(40, 1/40) / 40.
    expect(change.se).toBeCloseTo(Math.sqrt((1 / 40) * (39 / 40) * 40) / 40, 2);
    const apart = percentAgreement(study(...hard), { interval: { method: 'percentile' } });
    expect((apart.value === null ? null : apart.se) ?? 0).toBeGreaterThan(2 * (change.se ?? 1));
  });

  it('matches units by their names, whatever their order', () => {
    const turned = studyFromRows(
      [...before.units.keys()].reverse().flatMap((place) =>
        ['c0', 'c1'].map((coder, at) => ({
          unit: `u${place}`,
          coder,
          value: before.categoryOf[2 * place + at] === 0 ? 'a' : 'b',
        })),
      ),
      { scale: 'nominal', categories: ['a', 'b'] },
    );
    expect(pairedChange(before, turned, alpha, { seed: 2 })).toMatchObject({ value: 0, se: 0 });
  });

  it('says which of the two figures there is none of', () => {
    const one = study(['a', 'a'], ['a', 'a']);
    expect(pairedChange(one, after, alpha)).toMatchObject({
      value: null,
      reason: 'before: only one category was used, so no disagreement could be expected',
    });
    expect(pairedChange(before, one, alpha)).toMatchObject({
      reason: 'after: only one category was used, so no disagreement could be expected',
    });
  });

  it('has no interval where a measure is not made of units', () => {
    expect(pairedChange(before, after, (of, interval) => gwetsAc(of, { interval }))).toMatchObject({
      ci: null,
      notes: ['no interval: this measure has no percentile interval'],
    });
  });
});
