import { describe, expect, test } from 'vitest';
import { krippendorffsAlpha } from '../alpha/krippendorffs-alpha.ts';
import { correlationInterval } from '../continuous/correlation-interval.ts';
import { seededGenerator } from '../random.ts';
import { defined } from '../testing/defined.ts';
import { simulateAgreementPlan, unitsForAgreement } from './plan-agreement.ts';
import { codersForReliability, projectReliability } from './plan-coders.ts';
import { pairsForCorrelation, unitsForIcc } from './plan-correlation.ts';
import { simulateStudy } from './simulated-study.ts';

describe('planning agreement', () => {
  test('the model has the agreement that it is asked for', () => {
    const model = { prevalence: [0.5, 0.3, 0.2], knowledge: Math.sqrt(0.6), coders: 4, units: 20_000 };
    const study = simulateStudy(model, seededGenerator(1));
    expect(Math.abs(defined(krippendorffsAlpha(study)).value - 0.6)).toBeLessThan(0.02);
  });

  test('the planned number of units gives intervals of the planned width', () => {
    const plan = { width: 0.2, expected: 0.7, coders: 3, categories: 3, seed: 1 };
    const { units } = unitsForAgreement(plan);
    const simulated = simulateAgreementPlan(plan, units, 200);
    expect(Math.abs(simulated.meanWidth - 0.2)).toBeLessThan(0.02);
    expect(simulateAgreementPlan(plan, units, 200)).toEqual(simulated);
  });

  test('skewed categories, few coders and narrow intervals need more units', () => {
    const plan = { width: 0.2, expected: 0.7, coders: 3, categories: 3 };
    const { units } = unitsForAgreement(plan);
    expect(unitsForAgreement({ ...plan, categories: [0.9, 0.05, 0.05] }).units).toBeGreaterThan(units);
    expect(unitsForAgreement({ ...plan, coders: 2 }).units).toBeGreaterThan(units);
    expect(unitsForAgreement({ ...plan, width: 0.1 }).units).toBeGreaterThan(3 * units);
  });

  test.each([
    [{ width: 0, coders: 3, categories: 3 }, 'width'],
    [{ width: 0.2, coders: 1, categories: 3 }, 'two coders'],
    [{ width: 0.2, coders: 3, categories: [0.5, 0.6] }, 'add up to 1'],
    [{ width: 0.2, coders: 3, categories: 3, expected: 2 }, 'between 0 and 1'],
  ])('%o is refused', (plan, message) => {
    expect(() => unitsForAgreement(plan)).toThrow(message);
  });
});

describe('planning correlations', () => {
  test('the number found is the smallest that is enough', () => {
    for (const kind of ['pearson', 'spearman', 'kendall'] as const) {
      const n = pairsForCorrelation(0.15, 0.5, kind);
      const widthOf = (pairs: number): number => {
        const interval = correlationInterval(kind, 0.5, pairs);
        return interval === null ? Infinity : interval.high - interval.low;
      };
      expect(widthOf(n)).toBeLessThanOrEqual(0.15);
      expect(widthOf(n - 1)).toBeGreaterThan(0.15);
    }
    expect(() => pairsForCorrelation(0, 0.5)).toThrow(RangeError);
    expect(() => pairsForCorrelation(0.1, 1)).toThrow(RangeError);
  });

  test('Bonett 2002: units for an ICC of .7 and a width of .2', () => {
    // 8 · 1.96² · (.3 · 2.4)² / (3 · 2 · .04) + 1 = 67.4.
    expect(unitsForIcc(0.2, 0.7, 3)).toBe(68);
    // For two coders and ρ ≥ .7 five ρ are added: 8 · 1.96² · (.3 · 1.7)² / .08 + 1 + 3.5.
    expect(unitsForIcc(0.2, 0.7, 2)).toBe(105);
    expect(() => unitsForIcc(0.2, 0.7, 1)).toThrow('two coders');
  });
});

describe('planning coders', () => {
  test('a reliability of .5 becomes .8 with four coders', () => {
    expect(codersForReliability(0.5, 0.8)).toBe(4);
    expect(projectReliability(0.5, 4)[3]).toMatchObject({ coders: 4, reliability: 0.8 });
    expect(() => codersForReliability(0, 0.8)).toThrow(RangeError);
  });
});
