import { describe, expect, test } from 'vitest';
import { krippendorffsAlpha } from '../alpha/krippendorffs-alpha.ts';
import { kernelFor } from '../alpha/metric.ts';
import { twoWayAlpha } from '../alpha/two-way-alpha.ts';
import { congersKappa } from '../chance-corrected/congers-kappa.ts';
import { fleissKappa } from '../chance-corrected/fleiss-kappa.ts';
import { gwetsAc } from '../chance-corrected/gwets-ac.ts';
import { percentAgreement } from '../chance-corrected/percent-agreement.ts';
import { type DefinedEstimate } from '../estimate.ts';
import { namedGenerator } from '../random.ts';
import { simulateStudy } from '../planning/simulated-study.ts';
import { studyFromWide } from '../study/from-wide.ts';
import { defined } from '../testing/defined.ts';
import { krippendorff2011 } from '../testing/published-examples.ts';

const study = simulateStudy(
  { prevalence: [0.5, 0.3, 0.2], knowledge: 0.8, coders: 6, units: 60 },
  namedGenerator('study', 1),
);

describe('the bootstrap over units and coders', () => {
  test('with every unit and coder drawn once is the measure itself', () => {
    const example = krippendorff2011();
    const once = [example.units, example.coders].map((names) => new Uint32Array(names.length).fill(1));
    for (const metric of ['nominal', 'ordinal', 'ratio'] as const) {
      const statistic = twoWayAlpha(example, kernelFor(metric, example.scale));
      const [units, coders] = once;
      if (units === undefined || coders === undefined) throw new Error('two dimensions');
      expect(statistic(units, coders)).toBeCloseTo(
        defined(krippendorffsAlpha(example, { metric })).value,
        12,
      );
    }
  });

  test('a coder drawn twice is not paired with himself', () => {
    const two = studyFromWide([
      ['a', 'b'],
      ['b', 'a'],
    ]);
    const statistic = twoWayAlpha(two, kernelFor('nominal', two.scale));
    // Only coder 1 is left, twice: nothing can be compared.
    expect(statistic(Uint32Array.of(1, 1), Uint32Array.of(2, 0))).toBeNaN();
  });

  test.each([
    ['alpha', krippendorffsAlpha],
    ["Fleiss' kappa", fleissKappa],
    ['AC', gwetsAc],
    ['percent agreement', percentAgreement],
  ] as const)('%s varies more when its coders might have been others', (_, measure) => {
    const estimate = (over: 'units' | 'units-and-coders'): DefinedEstimate =>
      defined(measure(study, { interval: { method: 'percentile', over, resamples: 400 } }));
    const both = estimate('units-and-coders');
    expect(both.se ?? NaN).toBeGreaterThan(estimate('units').se ?? NaN);
    expect(both.ci?.low ?? NaN).toBeLessThan(both.value);
    expect(both.ci?.high ?? NaN).toBeGreaterThan(both.value);
  });

  test('is refused, with a note, where the measure has none', () => {
    const kappa = defined(congersKappa(study, { interval: { method: 'bca', over: 'units-and-coders' } }));
    expect(kappa.ci).toBeNull();
    expect(kappa.notes).toEqual(['no interval: this measure can only be resampled over units']);
  });
});
