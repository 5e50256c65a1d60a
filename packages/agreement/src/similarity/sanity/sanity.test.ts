import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { correlationOf } from '../../continuous/moments.ts';
import { averageRanks } from '../../continuous/ranks.ts';
import { namedGenerator, seededGenerator } from '../../random.ts';
import { coverage } from '../model/coverage.ts';
import { compareModels } from '../model/compare-models.ts';
import { cosines, type Embedding, type GoldPair, type ModelTask, modelTask } from '../model/embedding.ts';
import { centredRanks, Ordering, weightedSpearman } from '../model/rank-kernel.ts';
import { batchkarovCheck } from './batchkarov.ts';
import { correctedCheck } from './corrected.ts';
import { keepLargest } from './kept-largest.ts';
import { landscape } from './landscape.ts';
import { noiseDraws } from './noise-draws.ts';
import { failingProbability } from './original-verdict.ts';
import { defaultLevels, PERTURBATION_FAMILIES, perturbationOf, requireLevels } from './perturbation.ts';
import { randomAxes } from './rotated-truncation.ts';
import { sizeBaseline } from './size-baseline.ts';

/** Words of 12 dimensions whose cosines follow gold, with noise. */
function dataset(pairs: number, seed = 4): { embedding: Embedding; gold: GoldPair[] } {
  const generator = seededGenerator(seed);
  const words = Array.from({ length: 2 * pairs }, (_, at) => `w${at}`);
  const values = new Float32Array(words.length * 12).map(() => generator.normal());
  const task = modelTask(
    Array.from({ length: pairs }, (_, at) => ({ word1: `w${2 * at}`, word2: `w${2 * at + 1}`, gold: 0 })),
    { words, dimensions: 12, values },
  );
  const similarities = cosines(task, task.vectors);
  const gold = Array.from(task.rows, (row, at) => ({
    word1: `w${2 * row}`,
    word2: `w${2 * row + 1}`,
    gold: (similarities[at] ?? 0) + 0.2 * generator.normal(),
  }));
  return { embedding: { words, dimensions: 12, values }, gold };
}

function taskOf(pairs: number): ModelTask {
  const { embedding, gold } = dataset(pairs);
  return modelTask(gold, embedding);
}

describe('the rank kernel', () => {
  const column = fc.array(
    fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ min: -1, max: 1, noNaN: true })),
    {
      minLength: 3,
      maxLength: 60,
    },
  );

  test('sorts as sorting does, and correlates as Pearson of average ranks does', () => {
    fc.assert(
      fc.property(column, fc.integer({ min: 1, max: 1000 }), (values, seed) => {
        // Minus zero is zero.
        const x = Float64Array.from(values, (value) => value + 0);
        const generator = seededGenerator(seed);
        const y = x.map(() => generator.below(5));
        const weights = x.map(() => generator.below(3));
        const ordering = new Ordering(x.length);
        ordering.sort(x);
        expect(Array.from(ordering.order, (row) => x[row] ?? 0)).toEqual([...x.slice().sort()]);
        const order = ordering.order.slice();
        ordering.sort(y);
        // A weight is so many equal rows.
        const repeated = (of: Float64Array): number[] =>
          [...of].flatMap((value, row) => new Array<number>(weights[row] ?? 0).fill(value));
        const total = repeated(x).length;
        const found = weightedSpearman(order, x, weights, centredRanks(ordering.order, y, weights), total);
        const wanted = total < 2 ? null : correlationOf(averageRanks(repeated(x)), averageRanks(repeated(y)));
        if (wanted === null) expect(Number.isNaN(found)).toBe(true);
        else expect(found).toBeCloseTo(wanted, 10);
      }),
    );
  });

  test('sorts values of which nearly all fall into one bucket', () => {
    const generator = seededGenerator(1);
    const values = Float64Array.from({ length: 500 }, (_, at) => (at === 0 ? 1e9 : generator.next()));
    const ordering = new Ordering(500);
    ordering.sort(values);
    expect(Array.from(ordering.order, (row) => values[row] ?? 0)).toEqual([...values.slice().sort()]);
  });
});

describe.each(PERTURBATION_FAMILIES)('%s', (family) => {
  const task = taskOf(40);
  const levels = defaultLevels(family);

  test('leaves cosines alone at 0, and is the same for the same draw', () => {
    const seen: number[][] = [];
    for (let time = 0; time < 2; time++) {
      perturbationOf(family, task, levels, 3).eachLevel(6, (_, similarities) => {
        seen.push([...similarities]);
      });
    }
    expect(seen.slice(0, levels.length)).toEqual(seen.slice(levels.length));
    for (const [pair, value] of cosines(task, task.vectors).entries())
      expect(seen[0]?.[pair]).toBeCloseTo(value, 9);
  });

  test('draws do not depend on how they are shared out', () => {
    const plan = { family, levels, draws: 6, seed: 2 };
    const together = noiseDraws(task, plan, 0, 6);
    const apart = [noiseDraws(task, plan, 0, 2), noiseDraws(task, plan, 2, 6)];
    expect(correctedCheck(task, plan, apart)).toEqual(correctedCheck(task, plan, [together]));
    expect(() => correctedCheck(task, plan, apart.slice(1))).toThrow(RangeError);
  });

  test('damages more at higher levels', () => {
    const plan = { family, levels, draws: 30, seed: 2 };
    const check = correctedCheck(task, plan, [noiseDraws(task, plan, 0, 30)]);
    expect(check.levels.at(-1)?.mean.value).toBeLessThan(check.rho0.value ?? NaN);
    expect(check.levels[0]).toMatchObject({ sdDraws: 0, low: check.rho0.value, p: { value: null } });
    for (const { p, pHolm } of check.levels.slice(1))
      if (p.value !== null) expect(pHolm.value).toBeGreaterThanOrEqual(p.value);
    if (family === 'kwta') for (const { sdDraws } of check.levels) expect(sdDraws).toBeLessThan(1e-12);
  });

  test('refuses levels that it has no meaning for', () => {
    expect(() => {
      requireLevels(family, [0.5, 1]);
    }).toThrow(RangeError);
    expect(() => {
      requireLevels(family, [0, -1]);
    }).toThrow(RangeError);
  });
});

test('uniform noise by its expansion is the noise added component by component', () => {
  const task = taskOf(20);
  const levels = [0, 0.5, 2];
  const uniform = new Float64Array(task.vectors.length);
  namedGenerator('noise 3', 7).fillUniform(uniform);
  perturbationOf('uniform', task, levels, 7).eachLevel(3, (level, similarities) => {
    const n = levels[level] ?? 0;
    const added = task.vectors.map((value, at) => value - n + 2 * n * (uniform[at] ?? 0));
    for (const [pair, wanted] of cosines(task, added).entries())
      expect(similarities[pair]).toBeCloseTo(wanted, 12);
  });
});

test('k winners take all keeps the largest values, not the largest magnitudes; ties go to the first', () => {
  const kept = new Float64Array(4);
  keepLargest(Float64Array.from([3, -9, 1, 2]), 4, 2, kept);
  expect([...kept]).toEqual([3, 0, 0, 2]);
  keepLargest(Float64Array.from([1, 1, 1, 0]), 4, 2, kept);
  expect([...kept]).toEqual([1, 1, 0, 0]);
});

test('random axes are orthonormal', () => {
  const axes = randomAxes(7, seededGenerator(2));
  for (let one = 0; one < 7; one++) {
    for (let other = 0; other < 7; other++) {
      let product = 0;
      for (let at = 0; at < 7; at++) product += (axes[one * 7 + at] ?? 0) * (axes[other * 7 + at] ?? 0);
      expect(product).toBeCloseTo(one === other ? 1 : 0, 12);
    }
  }
});

test('the variance over pairs is what other pairs of the same kind give', () => {
  const levels = [0, 0.5, 1];
  const plan = { family: 'uniform', levels, draws: 300, seed: 1 } as const;
  const [task] = [taskOf(60)];
  const check = correctedCheck(task, plan, [noiseDraws(task, plan, 0, 300)]);
  // At level 0 there is no noise, so all variance is the pairs': about (1 − ρ²)/√n.
  const rho = check.rho0.value ?? NaN;
  const expected = (1 - rho * rho) / Math.sqrt(60);
  expect(check.levels[0]?.sdPairs).toBeGreaterThan(0.6 * expected);
  expect(check.levels[0]?.sdPairs).toBeLessThan(1.6 * expected);
});

describe('the published check', () => {
  test('repeats itself, and at no noise relaxed ρ is the ρ of covered pairs', () => {
    const task = taskOf(30);
    const check = batchkarovCheck(task, 5, { resamples: 50, seed: 8 });
    expect(batchkarovCheck(task, 5, { resamples: 50, seed: 8 })).toEqual(check);
    expect(check.levels).toHaveLength(16);
    expect(check.levels[0]?.relaxed.rho).toBeCloseTo(
      correlationOf(averageRanks(cosines(task, task.vectors)), averageRanks(task.gold)) ?? NaN,
      12,
    );
    expect(check.levels[0]?.strict.rho).not.toBe(check.levels[0]?.relaxed.rho);
    for (const n of check.rises.relaxed) expect(n).toBeGreaterThan(0);
  });

  test('small datasets fail it nearly always, whatever they are worth', () => {
    const task = taskOf(15);
    const levels = defaultLevels('uniform');
    const plan = { family: 'uniform', levels, draws: 100, seed: 1 } as const;
    const found = failingProbability(levels, [noiseDraws(task, plan, 0, 100)]);
    expect(found.wholeGrid.value).toBeGreaterThan(0.95);
    const few = { ...plan, draws: 10 };
    expect(failingProbability(levels, [noiseDraws(task, few, 0, 10)]).wholeGrid.value).toBeNull();
  });

  test('subsets of a dataset are checked alike; there are none as large as itself', () => {
    const task = taskOf(50);
    const levels = [0, 1, 2];
    const found = sizeBaseline(task, { pairs: 20, levels, subsets: 4, draws: 5, seed: 1 });
    expect(found).toMatchObject({ kind: 'defined', pairs: 20, subsets: 4, seed: 1 });
    expect(sizeBaseline(task, { pairs: 50, levels, seed: 1 })).toMatchObject({ kind: 'undefined' });
  });
});

test('the landscape has the undamaged ρ in its middle, and is rougher where winners take all', () => {
  const task = taskOf(60);
  const smooth = landscape(task, { steps: 5, seed: 2 });
  expect(smooth.rho[2]?.[2]).toBeCloseTo(
    correlationOf(averageRanks(cosines(task, task.vectors)), averageRanks(task.gold)) ?? NaN,
    12,
  );
  expect(smooth.rho).toHaveLength(5);
  expect(landscape(task, { steps: 5, takenAway: 0.8, seed: 2 }).rho[2]?.[2]).toBeLessThan(
    smooth.rho[2]?.[2] ?? NaN,
  );
  expect(() => landscape(task, { steps: 1 })).toThrow(RangeError);
});

describe('a model against a dataset', () => {
  const { embedding, gold } = dataset(40);
  const missing = [...gold, { word1: 'W0', word2: 'unknown', gold: 0.5 }];

  test('words are found in lower case, and three policies treat the others', () => {
    const found = coverage(missing, embedding);
    expect(found).toMatchObject({ pairs: 41, covered: 40, types: 81, missingTypes: ['unknown'] });
    expect(found.rho.covered).toMatchObject({ pairs: 40 });
    expect(found.rho.zero).toMatchObject({ pairs: 41 });
    expect(coverage([], embedding).rho.covered).toMatchObject({ value: null });
  });

  test('a model is not compared with its double, and Holm counts all comparisons', () => {
    const generator = seededGenerator(3);
    const task = modelTask(gold, embedding);
    const own = cosines(task, task.vectors);
    const worse = own.map((value) => value + 0.6 * generator.normal());
    const { comparisons } = compareModels(
      gold.map((pair) => pair.gold),
      [
        { name: 'own', similarities: own },
        { name: 'worse', similarities: worse },
        { name: 'double', similarities: own },
      ],
      { resamples: 200 },
    );
    expect(comparisons).toHaveLength(3);
    const [first, double] = comparisons;
    expect(double?.williams.kind).toBe('undefined');
    expect(double?.williamsHolm).toBeNull();
    if (first?.williams.kind !== 'defined') throw new Error('undefined');
    expect(first.williamsHolm).toBeCloseTo(Math.min(1, 2 * first.williams.pTwoSided), 12);
  });
});
