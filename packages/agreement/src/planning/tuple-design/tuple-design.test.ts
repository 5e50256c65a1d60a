import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { numberOfTuples, tupleName } from './all-tuples.ts';
import { designTuples } from './tuple-design.ts';

const plans = fc
  .record({
    size: fc.integer({ min: 2, max: 6 }),
    more: fc.integer({ min: 0, max: 30 }),
    tenths: fc.integer({ min: 15, max: 25 }),
    seed: fc.nat(),
  })
  .map(({ size, more, tenths, seed }) => ({ size, items: size + more, factor: tenths / 10, seed }));
const RUNS = { numRuns: 20 };

describe('tuples for best–worst scaling', () => {
  test('are distinct, hold no item twice, and hold every item equally often but for what cannot be divided', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const { tuples, balance } = designTuples(plan);
        const { items, size, factor } = plan;
        expect(tuples).toHaveLength(Math.min(Math.round(items * factor), numberOfTuples(items, size)));
        for (const tuple of tuples) expect(new Set(tuple).size).toBe(size);
        expect(new Set(tuples.map(tupleName)).size).toBe(tuples.length);
        const appearances = Array.from({ length: items }, () => 0);
        for (const item of tuples.flat()) appearances[item] = (appearances[item] ?? 0) + 1;
        const places = tuples.length * size;
        expect(Math.min(...appearances)).toBe(Math.floor(places / items));
        expect(Math.max(...appearances)).toBe(Math.ceil(places / items));
        expect(balance.appearances).toEqual({
          fewest: Math.min(...appearances),
          most: Math.max(...appearances),
        });
        expect(balance.alike).toBe(0);
      }),
      RUNS,
    );
  });

  test('say truly how often two items meet', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const { tuples, balance } = designTuples(plan);
        const meetings = new Map<string, number>();
        for (const tuple of tuples) {
          for (const one of tuple) {
            for (const other of tuple) {
              if (one >= other) continue;
              const pair = `${one} ${other}`;
              meetings.set(pair, (meetings.get(pair) ?? 0) + 1);
            }
          }
        }
        const times = [...meetings.values()];
        expect(balance.mostTogether).toBe(Math.max(...times));
        expect(balance.repeated).toBe(times.filter((count) => count > 1).length);
        expect(balance.together).toBe(times.length);
        expect(balance.mostTogether).toBeGreaterThanOrEqual(balance.leastPossible);
      }),
      RUNS,
    );
  });

  test.each([26, 27, 30, 65, 203, 999, 3500])('of %i items, 2N by 4, put no two together twice', (items) => {
    for (const seed of [1, 2, 3]) {
      const { tuples, balance } = designTuples({ items, seed });
      expect(tuples).toHaveLength(2 * items);
      expect(balance).toEqual({
        appearances: { fewest: 8, most: 8 },
        mostTogether: 1,
        leastPossible: 1,
        repeated: 0,
        together: 12 * items,
        alike: 0,
      });
    }
  });

  test.each([1.5, 1.7, 2.5])('of 60 items, %d for each, put no two together twice either', (factor) => {
    expect(designTuples({ items: 60, factor }).balance.mostTogether).toBe(1);
  });

  // With r appearances an item meets 3r others, which are more than there are: some twice, or thrice.
  test.each([
    [8, 4],
    [10, 3],
    [13, 2],
    [16, 2],
    [20, 2],
  ])('of %i items cannot help bringing two together %i times, and do so no oftener', (items, times) => {
    for (const seed of [1, 2, 3]) {
      const { balance } = designTuples({ items, seed });
      expect(balance.leastPossible).toBe(times);
      expect(balance.mostTogether).toBe(times);
    }
  });

  test('are all that there are where more are asked for', () => {
    expect(designTuples({ items: 4 }).tuples).toHaveLength(1);
    expect(designTuples({ items: 5 }).tuples).toHaveLength(5);
    expect(designTuples({ items: 6 }).balance).toMatchObject({
      appearances: { fewest: 8, most: 8 },
      alike: 0,
    });
  });

  test('come from the seed', () => {
    expect(designTuples({ items: 40, seed: 7 })).toEqual(designTuples({ items: 40, seed: 7 }));
    expect(designTuples({ items: 40, seed: 7 }).tuples).not.toEqual(
      designTuples({ items: 40, seed: 8 }).tuples,
    );
  });

  test('show an item at any place', () => {
    const places = [0, 0, 0, 0];
    for (const tuple of designTuples({ items: 500 }).tuples) {
      for (const [place, item] of tuple.entries()) if (item < 250) places[place] = (places[place] ?? 0) + 1;
    }
    // 2,000 appearances over four places; a standard deviation is about 19.
    for (const count of places) expect(Math.abs(count - 500)).toBeLessThan(100);
  });

  test.each([
    [{ items: 3 }, 'take at least 4 items; there are 3'],
    [{ items: 9, size: 1 }, 'two items or more'],
    [{ items: 9, factor: 0.1 }, 'leave some of them out'],
  ])('%o is refused', (plan, message) => {
    expect(() => designTuples(plan)).toThrow(message);
  });
});
