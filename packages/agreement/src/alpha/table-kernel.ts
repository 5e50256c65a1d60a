import { type UnitStatistics } from '../resampling/unit-statistics.ts';
import { type UnitCounts } from '../study/unit-counts.ts';
import { type AlphaKernel, alphaOf, type PreparedKernel } from './kernel.ts';
import { countStatistics } from './nominal-kernel.ts';

const LARGEST_TABLE = 2048;

/** Any distance of two categories; kept as a table where there are few enough of them. */
export function tableKernel(size: number, distanceOf: (a: number, b: number) => number): AlphaKernel {
  const distance = size <= LARGEST_TABLE ? tabulated(size, distanceOf) : distanceOf;

  const within = (counts: UnitCounts, start: number, end: number): number => {
    let sum = 0;
    for (let i = start; i < end; i++) {
      const a = counts.categoryOf[i] ?? 0;
      let inner = 0;
      for (let j = i + 1; j < end; j++) {
        inner += (counts.countOf[j] ?? 0) * distance(a, counts.categoryOf[j] ?? 0);
      }
      sum += 2 * (counts.countOf[i] ?? 0) * inner;
    }
    return sum;
  };

  const betweenOf = (totals: Float64Array): number => {
    let sum = 0;
    for (let a = 0; a < size; a++) {
      const total = totals[a] ?? 0;
      if (total === 0) continue;
      let inner = 0;
      for (let b = a + 1; b < size; b++) {
        const other = totals[b] ?? 0;
        if (other !== 0) inner += other * distance(a, b);
      }
      sum += 2 * total * inner;
    }
    return sum;
  };

  return {
    prepare(totals, ratings): PreparedKernel {
      return {
        within,
        between: () => betweenOf(totals),
        meanDistances: () =>
          totals.map((_, a) => {
            let sum = 0;
            for (let b = 0; b < size; b++) {
              const total = totals[b] ?? 0;
              if (total !== 0) sum += total * distance(a, b);
            }
            return sum / ratings;
          }),
        largest: () => {
          let largest = 0;
          for (let a = 0; a < size; a++) {
            if ((totals[a] ?? 0) === 0) continue;
            for (let b = a + 1; b < size; b++) {
              if ((totals[b] ?? 0) !== 0) largest = Math.max(largest, distance(a, b));
            }
          }
          return largest;
        },
        distance,
      };
    },
    statistics(counts): UnitStatistics {
      return countStatistics(counts, size, within, (sums) => {
        const totals = sums.subarray(1);
        let ratings = 0;
        for (const total of totals) ratings += total;
        return alphaOf(sums[0] ?? 0, betweenOf(totals), ratings);
      });
    },
  };
}

function tabulated(
  size: number,
  distanceOf: (a: number, b: number) => number,
): (a: number, b: number) => number {
  const table = new Float64Array(size * size);
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < size; b++) table[a * size + b] = distanceOf(a, b);
  }
  return (a, b) => table[a * size + b] ?? 0;
}
