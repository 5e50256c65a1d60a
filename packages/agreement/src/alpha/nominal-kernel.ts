import { type UnitStatistics, UnitStatisticsBuilder } from '../resampling/unit-statistics.ts';
import { type UnitCounts } from '../study/unit-counts.ts';
import { type AlphaKernel, alphaOf, type PreparedKernel } from './kernel.ts';

function within(counts: UnitCounts, start: number, end: number, ratings: number): number {
  let alike = 0;
  for (let i = start; i < end; i++) {
    const count = counts.countOf[i] ?? 0;
    alike += count * count;
  }
  return ratings * ratings - alike;
}

function withinAll({ units, offsets, countOf, ratingsOf }: UnitCounts): number {
  let sum = 0;
  let i = 0;
  for (let unit = 0; unit < units; unit++) {
    const end = offsets[unit + 1] ?? 0;
    const ratings = ratingsOf[unit] ?? 0;
    let alike = 0;
    for (; i < end; i++) {
      const count = countOf[i] ?? 0;
      alike += count * count;
    }
    if (ratings >= 2) sum += (ratings * ratings - alike) / (ratings - 1);
  }
  return sum;
}

/** δ = 1 for different categories: counts alone decide. */
export function nominalKernel(size: number): AlphaKernel {
  return {
    prepare(totals, ratings): PreparedKernel {
      return {
        within,
        withinAll,
        between: () => {
          let alike = 0;
          for (const total of totals) alike += total * total;
          return ratings * ratings - alike;
        },
        meanDistances: () => totals.map((total) => 1 - total / ratings),
        largest: () => 1,
        distance: (a, b) => (a === b ? 0 : 1),
      };
    },
    statistics(counts): UnitStatistics {
      return countStatistics(counts, size, within, (sums) => {
        let alike = 0;
        let ratings = 0;
        for (let category = 0; category < size; category++) {
          const total = sums[category + 1] ?? 0;
          alike += total * total;
          ratings += total;
        }
        return alphaOf(sums[0] ?? 0, ratings * ratings - alike, ratings);
      });
    },
  };
}

/** Column 0 is the distance within the unit over (ratings − 1); column 1 + k counts category k. */
export function countStatistics(
  counts: UnitCounts,
  size: number,
  distanceWithin: PreparedKernel['within'],
  evaluate: (sums: Float64Array) => number,
): UnitStatistics {
  const rows = new UnitStatisticsBuilder(counts.units, counts.categoryOf.length + counts.units);
  for (let unit = 0; unit < counts.units; unit++) {
    const ratings = counts.ratingsOf[unit] ?? 0;
    if (ratings < 2) continue;
    const start = counts.offsets[unit] ?? 0;
    const end = counts.offsets[unit + 1] ?? 0;
    rows.add(0, distanceWithin(counts, start, end, ratings) / (ratings - 1));
    for (let i = start; i < end; i++) rows.add(1 + (counts.categoryOf[i] ?? 0), counts.countOf[i] ?? 0);
    rows.endUnit(unit);
  }
  return rows.finish(size + 1, evaluate);
}
