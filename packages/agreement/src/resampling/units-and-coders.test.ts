import { describe, expect, test } from 'vitest';
import { krippendorffsAlpha } from '../alpha/krippendorffs-alpha.ts';
import { kernelFor } from '../alpha/metric.ts';
import { twoWayAlpha } from '../alpha/two-way-alpha.ts';
import { cohensKappa } from '../chance-corrected/cohens-kappa.ts';
import { congersKappa } from '../chance-corrected/congers-kappa.ts';
import { fleissKappa } from '../chance-corrected/fleiss-kappa.ts';
import { gwetsAc } from '../chance-corrected/gwets-ac.ts';
import { lightsKappa } from '../chance-corrected/lights-kappa.ts';
import { pabak } from '../chance-corrected/pabak.ts';
import { percentAgreement } from '../chance-corrected/percent-agreement.ts';
import { scottsPi } from '../chance-corrected/scotts-pi.ts';
import { kappaOfPair, twoWayConger, twoWayPairs } from '../chance-corrected/two-way-kappas.ts';
import { type DefinedEstimate } from '../estimate.ts';
import { namedGenerator } from '../random.ts';
import { simulateStudy } from '../planning/simulated-study.ts';
import { studyFromWide } from '../study/from-wide.ts';
import { defined } from '../testing/defined.ts';
import { krippendorff2011 } from '../testing/published-examples.ts';
import { weightsFor } from '../weights/weights.ts';

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
    ["Conger's kappa", congersKappa],
    ["Light's kappa", lightsKappa],
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

  test.each([
    ["Conger's kappa", congersKappa],
    ["Light's kappa", lightsKappa],
  ] as const)('%s of every unit and coder drawn once is the measure itself', (_, measure) => {
    const example = krippendorff2011();
    const weights = weightsFor(example.scale, 'quadratic');
    const statistic =
      measure === congersKappa
        ? twoWayConger(example, weights)
        : twoWayPairs(example, weights, kappaOfPair(weights));
    const units = new Uint32Array(example.units.length).fill(1);
    const coders = new Uint32Array(example.coders.length).fill(1);
    const value = defined(measure(example, { weights: 'quadratic' })).value;
    expect(statistic(units, coders)).toBeCloseTo(value, 12);
  });

  test('copies of a coder add nothing to chance: a coder twice and another once is the two of them', () => {
    const three = studyFromWide([
      ['a', 'a', 'b'],
      ['b', 'a', 'b'],
      ['b', 'b', 'b'],
      ['a', 'b', 'a'],
    ]);
    const weights = weightsFor(three.scale, 'identity');
    const twice = twoWayConger(three, weights)(Uint32Array.of(1, 1, 1, 1), Uint32Array.of(2, 1, 0));
    const cohen = defined(cohensKappa(three, { coders: ['1', '2'] })).value;
    expect(twice).toBeCloseTo(cohen, 12);
    expect(
      twoWayPairs(three, weights, kappaOfPair(weights))(Uint32Array.of(1, 1, 1, 1), Uint32Array.of(2, 1, 0)),
    ).toBeCloseTo(cohen, 12);
  });

  test.each([
    ["Cohen's kappa", cohensKappa],
    ["Scott's pi", scottsPi],
    ['PABAK', pabak],
  ] as const)('%s: half the samples hold one of the two coders only', (_, measure) => {
    const interval = { method: 'percentile', over: 'units-and-coders', resamples: 1000 } as const;
    const both = defined(measure(study, { coders: ['1', '2'], interval }));
    expect(both.notes[0]).toMatch(/^(4[5-9]|5[0-5])\d of 1000 resamples had no value/u);
    const units = defined(measure(study, { coders: ['1', '2'], interval: { ...interval, over: 'units' } }));
    expect(both.se ?? NaN).toBeCloseTo(units.se ?? NaN, 1);
  });

  test('is refused, with a note, where the measure has none', () => {
    const pooled = defined(
      percentAgreement(study, {
        average: 'pairs',
        interval: { method: 'bca', over: 'units-and-coders' },
      }),
    );
    expect(pooled.ci).toBeNull();
    expect(pooled.notes).toEqual(['no interval: this measure can only be resampled over units']);
  });
});
