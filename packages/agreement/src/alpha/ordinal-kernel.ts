import { type UnitStatistics, UnitStatisticsBuilder } from '../resampling/unit-statistics.ts';
import { type UnitCounts } from '../study/unit-counts.ts';
import { type AlphaKernel, alphaOf } from './kernel.ts';
import { preparePoints } from './point-kernel.ts';

/**
 * Krippendorff's ordinal metric (Σ_{g=c}^{k} n_g − (n_c + n_k)/2)² is the squared difference of the mean
 * ranks of the two categories among all pairable ratings, so alpha is interval alpha of those ranks.
 */
export function ordinalKernel(size: number): AlphaKernel {
  return {
    prepare: (totals, ratings) => preparePoints([meanRanks(totals)], totals, ratings),
    statistics: (counts) => ordinalStatistics(size, counts),
    metricGradient,
  };
}

/** Ratings below each category plus half of its own. */
function meanRanks(totals: ArrayLike<number>): Float64Array {
  const ranks = new Float64Array(totals.length);
  let below = 0;
  for (let category = 0; category < totals.length; category++) {
    const own = totals[category] ?? 0;
    ranks[category] = below + own / 2;
    below += own;
  }
  return ranks;
}

/** Observed pairs of different categories, numbered as they turn up. */
interface ObservedPairs {
  readonly lower: number[];
  readonly upper: number[];
}

/**
 * The ranks change with the sample, so the sums keep the coincidences themselves: column k counts category
 * k, column size + p the coincidence of the observed pair p.
 */
function ordinalStatistics(size: number, counts: UnitCounts): UnitStatistics {
  const pairs: ObservedPairs = { lower: [], upper: [] };
  const numberOf = new Map<number, number>();
  const rows = new UnitStatisticsBuilder(counts.units, 2 * counts.categoryOf.length);
  for (let unit = 0; unit < counts.units; unit++) {
    const ratings = counts.ratingsOf[unit] ?? 0;
    if (ratings < 2) continue;
    const start = counts.offsets[unit] ?? 0;
    const end = counts.offsets[unit + 1] ?? 0;
    for (let i = start; i < end; i++) {
      const a = counts.categoryOf[i] ?? 0;
      rows.add(a, counts.countOf[i] ?? 0);
      for (let j = i + 1; j < end; j++) {
        const b = counts.categoryOf[j] ?? 0;
        const key = Math.min(a, b) * size + Math.max(a, b);
        let pair = numberOf.get(key);
        if (pair === undefined) {
          pair = pairs.lower.length;
          numberOf.set(key, pair);
          pairs.lower.push(Math.min(a, b));
          pairs.upper.push(Math.max(a, b));
        }
        rows.add(size + pair, (2 * (counts.countOf[i] ?? 0) * (counts.countOf[j] ?? 0)) / (ratings - 1));
      }
    }
    rows.endUnit(unit);
  }
  const lower = Uint32Array.from(pairs.lower);
  const upper = Uint32Array.from(pairs.upper);
  return rows.finish(size + lower.length, (sums) => {
    const ranks = meanRanks(sums.subarray(0, size));
    let ratings = 0;
    for (let k = 0; k < size; k++) ratings += sums[k] ?? 0;
    // Mean ranks average to half of the ratings, whatever the counts.
    let between = 0;
    for (let k = 0; k < size; k++) between += (sums[k] ?? 0) * ((ranks[k] ?? 0) - ratings / 2) ** 2;
    let within = 0;
    for (let p = 0; p < lower.length; p++) {
      within += (sums[size + p] ?? 0) * ((ranks[upper[p] ?? 0] ?? 0) - (ranks[lower[p] ?? 0] ?? 0)) ** 2;
    }
    return alphaOf(within, 2 * ratings * between, ratings);
  });
}

/** One more rating of category g moves the rank of g by a half and of every category above by one. */
function metricGradient(
  counts: UnitCounts,
  totals: Float64Array,
  ratings: number,
): { within: Float64Array; between: Float64Array } {
  const ranks = meanRanks(totals);
  const byRankWithin = new Float64Array(totals.length);
  for (let unit = 0; unit < counts.units; unit++) {
    const m = counts.ratingsOf[unit] ?? 0;
    if (m < 2) continue;
    const end = counts.offsets[unit + 1] ?? 0;
    let sum = 0;
    for (let i = counts.offsets[unit] ?? 0; i < end; i++) {
      sum += (counts.countOf[i] ?? 0) * (ranks[counts.categoryOf[i] ?? 0] ?? 0);
    }
    for (let i = counts.offsets[unit] ?? 0; i < end; i++) {
      const category = counts.categoryOf[i] ?? 0;
      const pull = (4 * (counts.countOf[i] ?? 0) * (m * (ranks[category] ?? 0) - sum)) / (m - 1);
      byRankWithin[category] = (byRankWithin[category] ?? 0) + pull;
    }
  }
  const byRankBetween = totals.map(
    (total, category) => 4 * total * ratings * ((ranks[category] ?? 0) - ratings / 2),
  );
  return { within: throughRanks(byRankWithin), between: throughRanks(byRankBetween) };
}

function throughRanks(byRank: Float64Array): Float64Array {
  const result = new Float64Array(byRank.length);
  let above = 0;
  for (let category = byRank.length - 1; category >= 0; category--) {
    const own = byRank[category] ?? 0;
    result[category] = above + own / 2;
    above += own;
  }
  return result;
}
