import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { krippendorffsAlpha } from '../alpha/krippendorffs-alpha.ts';
import { cohensKappa } from '../chance-corrected/cohens-kappa.ts';
import { percentAgreement } from '../chance-corrected/percent-agreement.ts';
import type { Estimate } from '../estimate.ts';
import type { IntervalOptions } from '../inference/interval-options.ts';
import { namedGenerator } from '../random.ts';
import { type StudyRow, studyFromRows } from '../study/from-rows.ts';
import type { Study } from '../study/study.ts';

const RESAMPLES = 40;

interface Rated {
  readonly document: number;
  readonly values: readonly (string | null)[];
}

/** A study of the drawn documents, each time a document is drawn as units of their own. */
function studyOf(units: readonly Rated[], documents: readonly number[]): Study {
  const rows = documents.flatMap((document, draw) =>
    units.flatMap((unit, place): StudyRow[] =>
      unit.document !== document
        ? []
        : unit.values.flatMap((value, coder) =>
            value === null ? [] : [{ unit: `${draw} ${place}`, coder: `c${coder}`, value }],
          ),
    ),
  );
  return studyFromRows(rows, { scale: 'nominal', categories: ['a', 'b', 'c'] });
}

function quantile(ascending: readonly number[], share: number): number {
  const at = share * (ascending.length - 1);
  const [low, high] = [ascending[Math.floor(at)] ?? NaN, ascending[Math.ceil(at)] ?? NaN];
  return low + (at - Math.floor(at)) * (high - low);
}

const MEASURES: Readonly<Record<string, (study: Study, interval: IntervalOptions) => Estimate>> = {
  'percent agreement': (study, interval) => percentAgreement(study, { interval }),
  alpha: (study, interval) => krippendorffsAlpha(study, { interval }),
  kappa: (study, interval) => cohensKappa(study, { coders: ['c0', 'c1'], interval }),
};

describe.each(Object.entries(MEASURES))('a bootstrap over clusters: %s', (_, measure) => {
  it('is that of studies put together from the drawn clusters', () => {
    const value = fc.option(fc.constantFrom('a', 'b', 'c'), { freq: 5 });
    const document = fc.array(fc.array(value, { minLength: 3, maxLength: 3 }), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(fc.array(document, { minLength: 2, maxLength: 5 }), fc.nat(), (documents, seed) => {
        // All three rated the first unit of each document, so that none drops out.
        const units = documents.flatMap((of, place) => [
          { document: place, values: ['a', place % 2 === 0 ? 'b' : 'a', 'c'] },
          ...of.map((values) => ({ document: place, values })),
        ]);
        const all = documents.map((_, place) => place);
        const study = studyOf(units, all);
        // Units come in the order of their documents, those without any rating left out.
        const rated = units.filter(({ values }) => values.some((own) => own !== null));
        const clusterOf = rated.map((unit) => unit.document);
        const estimate = measure(study, { method: 'percentile', resamples: RESAMPLES, seed, clusterOf });

        const generator = namedGenerator('bootstrap', seed);
        const drawn = new Uint32Array(documents.length);
        const values: number[] = [];
        for (let resample = 0; resample < RESAMPLES; resample += 1) {
          generator.fillBelow(documents.length, drawn);
          const again = measure(studyOf(units, [...drawn]), { method: 'none' });
          if (again.value !== null) values.push(again.value);
        }
        values.sort((one, other) => one - other);
        expect(estimate.value).toBe(measure(study, { method: 'none' }).value);
        if (estimate.value === null || estimate.ci === null) {
          expect(quantile(values, 0.975) - quantile(values, 0.025)).toBeCloseTo(0, 9);
          return;
        }
        expect(estimate.ci.low).toBeCloseTo(quantile(values, 0.025), 9);
        expect(estimate.ci.high).toBeCloseTo(quantile(values, 0.975), 9);
      }),
      { numRuns: 30 },
    );
  });
});

describe('a bootstrap over clusters', () => {
  const rated = (document: number, ...values: string[]): Rated => ({ document, values });
  const study = studyOf(
    [rated(0, 'a', 'a'), rated(0, 'a', 'b'), rated(1, 'b', 'b'), rated(1, 'b', 'a')],
    [0, 1],
  );

  it('is none of a single cluster, and says so', () => {
    const estimate = krippendorffsAlpha(study, {
      interval: { method: 'percentile', clusterOf: [0, 0, 0, 0] },
    });
    expect(estimate).toMatchObject({
      ci: null,
      notes: ['no interval: at least two clusters of units are needed'],
    });
  });

  it('is refused where a unit stands in no cluster', () => {
    expect(() =>
      krippendorffsAlpha(study, { interval: { method: 'percentile', clusterOf: [0, 0, 1] } }),
    ).toThrow('unit 3 stands in no cluster');
  });
});
