import { setDistance, type SetDistanceName } from '../distance/set-distance.ts';
import { type UnitStatistics } from '../resampling/unit-statistics.ts';
import { type UnitCounts } from '../study/unit-counts.ts';
import { type AlphaKernel, alphaOf, type PreparedKernel } from './kernel.ts';
import { countStatistics } from './nominal-kernel.ts';

/** Pairs a < b of sets that share an element, with one minus their distance; all others are 1 apart. */
interface Overlaps {
  readonly first: Uint32Array;
  readonly second: Uint32Array;
  readonly closeness: Float64Array;
  readonly closenessOf: (a: number, b: number) => number;
}

/**
 * Set distances. Disjoint sets are 1 apart (but for Passonneau's empty set), so only the pairs that overlap are
 * ever looked at; they are found through an index from elements to sets.
 */
export function setKernel(sets: readonly (readonly string[])[], name: SetDistanceName): AlphaKernel {
  const overlaps = overlapsOf(sets, name);
  const size = sets.length;
  const distance = (a: number, b: number): number => (a === b ? 0 : 1 - overlaps.closenessOf(a, b));

  const within = (counts: UnitCounts, start: number, end: number): number => {
    let sum = 0;
    for (let i = start; i < end; i++) {
      for (let j = i + 1; j < end; j++) {
        const apart = distance(counts.categoryOf[i] ?? 0, counts.categoryOf[j] ?? 0);
        sum += 2 * (counts.countOf[i] ?? 0) * (counts.countOf[j] ?? 0) * apart;
      }
    }
    return sum;
  };

  const betweenOf = (totals: Float64Array, ratings: number): number => {
    let close = 0;
    for (const total of totals) close += total * total;
    for (let p = 0; p < overlaps.first.length; p++) {
      const both = (totals[overlaps.first[p] ?? 0] ?? 0) * (totals[overlaps.second[p] ?? 0] ?? 0);
      close += 2 * both * (overlaps.closeness[p] ?? 0);
    }
    return ratings * ratings - close;
  };

  return {
    prepare(totals, ratings): PreparedKernel {
      return {
        within,
        between: () => betweenOf(totals, ratings),
        meanDistances: () => {
          const close = Float64Array.from(totals);
          for (let p = 0; p < overlaps.first.length; p++) {
            const a = overlaps.first[p] ?? 0;
            const b = overlaps.second[p] ?? 0;
            const closeness = overlaps.closeness[p] ?? 0;
            close[a] = (close[a] ?? 0) + closeness * (totals[b] ?? 0);
            close[b] = (close[b] ?? 0) + closeness * (totals[a] ?? 0);
          }
          return close.map((sum) => 1 - sum / ratings);
        },
        // Observed and expected agreement are on the distance's own scale from 0 to 1.
        largest: () => 1,
        distance,
      };
    },
    statistics(counts): UnitStatistics {
      return countStatistics(counts, size, within, (sums) => {
        const totals = sums.subarray(1);
        let ratings = 0;
        for (const total of totals) ratings += total;
        const between = betweenOf(totals, ratings);
        return alphaOf(sums[0] ?? 0, between <= 1e-12 * ratings * ratings ? 0 : between, ratings);
      });
    },
  };
}

function overlapsOf(sets: readonly (readonly string[])[], name: SetDistanceName): Overlaps {
  const setsWith = new Map<string, number[]>();
  for (const [index, set] of sets.entries()) {
    for (const element of set) {
      const known = setsWith.get(element);
      if (known === undefined) setsWith.set(element, [index]);
      else known.push(index);
    }
  }
  const first: number[] = [];
  const second: number[] = [];
  const closeness: number[] = [];
  const rows: Map<number, number>[] = [];
  for (const [a, set] of sets.entries()) {
    const shared = new Map<number, number>();
    for (const element of set) {
      for (const b of setsWith.get(element) ?? []) if (b > a) shared.set(b, (shared.get(b) ?? 0) + 1);
    }
    if (name === 'passonneau') {
      for (let b = a + 1; b < sets.length; b++) {
        if (set.length === 0 || sets[b]?.length === 0) shared.set(b, 0);
      }
    }
    const row = new Map<number, number>();
    for (const [b, count] of shared) {
      const sizes = { first: set.length, second: sets[b]?.length ?? 0, shared: count };
      const close = 1 - setDistance(name, sizes);
      first.push(a);
      second.push(b);
      closeness.push(close);
      row.set(b, close);
    }
    rows.push(row);
  }
  return {
    first: Uint32Array.from(first),
    second: Uint32Array.from(second),
    closeness: Float64Array.from(closeness),
    closenessOf: (a, b) => rows[Math.min(a, b)]?.get(Math.max(a, b)) ?? 0,
  };
}
