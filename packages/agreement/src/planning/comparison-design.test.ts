import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { designComparisons } from './comparison-design.ts';

const plans = fc.record({
  items: fc.integer({ min: 2, max: 60 }),
  partners: fc.integer({ min: 2, max: 20 }),
  seed: fc.nat(),
});

describe('paired comparisons', () => {
  test('compare no two items twice, each with as many others, on either side as often as can be', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const { comparisons, balance } = designComparisons(plan);
        const { items } = plan;
        const partners = Math.min(plan.partners, items - 1);
        const names = comparisons.map(([one, other]) =>
          one < other ? `${one} ${other}` : `${other} ${one}`,
        );
        expect(new Set(names).size).toBe(names.length);
        const first = Array.from({ length: items }, () => 0);
        const second = Array.from({ length: items }, () => 0);
        for (const [one, other] of comparisons) {
          expect(one).not.toBe(other);
          first[one] = (first[one] ?? 0) + 1;
          second[other] = (second[other] ?? 0) + 1;
        }
        const degrees = first
          .map((times, item) => times + (second[item] ?? 0))
          .sort((one, other) => one - other);
        const bothOdd = items % 2 === 1 && partners % 2 === 1;
        expect(degrees.slice(0, -1).every((degree) => degree === partners)).toBe(true);
        expect(degrees.at(-1)).toBe(bothOdd ? partners + 1 : partners);
        expect(balance.partners).toEqual({ fewest: degrees[0], most: degrees.at(-1) });
        const sides = Math.max(...first.map((times, item) => Math.abs(times - (second[item] ?? 0))));
        expect(balance.sides).toBe(sides);
        expect(sides).toBeLessThanOrEqual(bothOdd ? 2 : 1);
      }),
    );
  });

  test('hang together', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const { comparisons } = designComparisons(plan);
        const reached = new Set([0]);
        for (let before = 0; before < reached.size;) {
          before = reached.size;
          for (const [one, other] of comparisons) {
            if (reached.has(one)) reached.add(other);
            if (reached.has(other)) reached.add(one);
          }
        }
        expect(reached.size).toBe(plan.items);
      }),
    );
  });

  test('of even partners stand on both sides equally often', () => {
    const { comparisons, balance } = designComparisons({ items: 3000, partners: 50 });
    expect(comparisons).toHaveLength(75_000);
    expect(balance).toEqual({ partners: { fewest: 50, most: 50 }, sides: 0 });
  });

  test('come from the seed', () => {
    const plan = { items: 30, partners: 6 };
    expect(designComparisons({ ...plan, seed: 3 })).toEqual(designComparisons({ ...plan, seed: 3 }));
    expect(designComparisons({ ...plan, seed: 3 })).not.toEqual(designComparisons({ ...plan, seed: 4 }));
  });

  test.each([
    [{ items: 1, partners: 4 }, 'two items'],
    [{ items: 9, partners: 1 }, 'hang together'],
  ])('%o is refused', (plan, message) => {
    expect(() => designComparisons(plan)).toThrow(message);
  });
});
