import { correlationOf } from '../../continuous/moments.ts';
import { averageRanks } from '../../continuous/ranks.ts';
import { pairMeans, type RatingTable, ratingsOf } from './rating-table.ts';

/**
 * How gold may have been made of a pair's ratings: their `mean`; `median`; mean without the highest and the lowest
 * (`trimmed-ends`); mean of those within one standard deviation of the pair's mean, divisor n (`trimmed-1sd`, as RW's
 * was) or n − 1 (`trimmed-1sd-sample`); or the mean on another scale (`rescaled-mean`).
 */
export type GoldRule =
  'mean' | 'median' | 'trimmed-ends' | 'trimmed-1sd' | 'trimmed-1sd-sample' | 'rescaled-mean';

export interface GoldCandidate {
  readonly rule: GoldRule;
  /** Share of pairs whose gold is this rule's value to the decimals that gold is given with. */
  readonly share: number;
  readonly largestDifference: number;
  readonly meanDifference: number;
}

export type GoldProvenance =
  | {
      readonly kind: 'defined';
      /** The rule that recomputes most pairs; null where none recomputes half of them. */
      readonly rule: GoldRule | null;
      readonly candidates: readonly GoldCandidate[];
      /** Decimals that gold is given with. */
      readonly decimals: number;
      /** gold = intercept + slope · mean by least squares. */
      readonly rescaling: { readonly slope: number; readonly intercept: number } | null;
      /** Spearman of gold with the mean of these ratings. */
      readonly spearmanWithMean: number | null;
      readonly pairs: number;
      /** Pairs that do not recompute by the best rule, the farthest first. */
      readonly differing: readonly {
        readonly pair: number;
        readonly gold: number;
        readonly recomputed: number;
      }[];
      readonly summary: string;
    }
  | { readonly kind: 'undefined'; readonly reason: string };

const LEAST_SHARE = 0.5;

/** Where gold comes from, by trying the rules that are in use. Undefined without gold or without ratings. */
export function goldProvenance(table: RatingTable): GoldProvenance {
  if (table.gold === null) return { kind: 'undefined', reason: 'the table has no gold column' };
  if (table.raters.length === 0)
    return { kind: 'undefined', reason: 'the table holds no ratings to recompute gold from' };
  const means = pairMeans(table);
  const rows = table.gold.flatMap((gold, pair) => {
    const mean = means[pair] ?? null;
    return gold === null || mean === null ? [] : [{ pair, gold, mean, values: ratingsOf(table, pair) }];
  });
  if (rows.length < 2) return { kind: 'undefined', reason: 'fewer than two pairs have gold and ratings' };
  const decimals = Math.max(...rows.map(({ gold }) => decimalsOf(gold)));
  const scaling = rescaling(rows);
  const rules: [GoldRule, (row: (typeof rows)[number]) => number][] = [
    ['mean', ({ mean }) => mean],
    ['median', ({ values }) => medianOf(values)],
    ['trimmed-ends', ({ values, mean }) => withoutEnds(values) ?? mean],
    ['trimmed-1sd', ({ values, mean }) => withinDeviation(values, mean, 0)],
    ['trimmed-1sd-sample', ({ values, mean }) => withinDeviation(values, mean, 1)],
  ];
  if (scaling !== null && (Math.abs(scaling.slope - 1) > 0.01 || Math.abs(scaling.intercept) > 0.01)) {
    rules.push(['rescaled-mean', ({ mean }) => scaling.intercept + scaling.slope * mean]);
  }
  // Half a unit of the last decimal, and what the tie may have been rounded to.
  const tolerance = 0.5 * 10 ** -Math.min(decimals, 9) + 1e-9;
  const tried = rules.map(([rule, compute]) => {
    const recomputed = rows.map(compute);
    const differences = rows.map(({ gold }, at) => Math.abs(gold - (recomputed[at] ?? NaN)));
    const candidate: GoldCandidate = {
      rule,
      share: differences.filter((difference) => difference <= tolerance).length / rows.length,
      largestDifference: differences.reduce((most, difference) => Math.max(most, difference), 0),
      meanDifference: differences.reduce((sum, difference) => sum + difference, 0) / rows.length,
    };
    return { candidate, recomputed, differences };
  });
  const best = tried.reduce((one, other) => (other.candidate.share > one.candidate.share ? other : one));
  const spearmanWithMean = correlationOf(
    averageRanks(rows.map(({ gold }) => gold)),
    averageRanks(rows.map(({ mean }) => mean)),
  );
  const found = best.candidate.share >= LEAST_SHARE;
  const differing = rows
    .map(({ pair, gold }, at) => ({
      pair,
      gold,
      recomputed: best.recomputed[at] ?? 0,
      difference: best.differences[at] ?? 0,
    }))
    .filter(({ difference }) => difference > tolerance)
    .sort((one, other) => other.difference - one.difference)
    .map(({ pair, gold, recomputed }) => ({ pair, gold, recomputed }));
  return {
    kind: 'defined',
    rule: found ? best.candidate.rule : null,
    candidates: tried.map(({ candidate }) => candidate).sort((one, other) => other.share - one.share),
    decimals,
    rescaling: scaling,
    spearmanWithMean,
    pairs: rows.length,
    differing,
    summary: found
      ? `gold is the ${WORDS[best.candidate.rule]}: ${rows.length - differing.length} of ${rows.length} pairs recompute to ${decimals} decimals${
          differing.length === 0 ? '' : `, ${differing.length} do not`
        }`
      : `gold does not come from these ratings by any rule tried (best: ${WORDS[best.candidate.rule]}, ${(100 * best.candidate.share).toFixed(1)} %)`,
  };
}

const WORDS: Readonly<Record<GoldRule, string>> = {
  mean: 'mean of the ratings',
  median: 'median of the ratings',
  'trimmed-ends': 'mean without the highest and lowest rating',
  'trimmed-1sd': 'mean of the ratings within one standard deviation (divisor n) of the pair’s mean',
  'trimmed-1sd-sample':
    'mean of the ratings within one standard deviation (divisor n − 1) of the pair’s mean',
  'rescaled-mean': 'mean of the ratings on another scale',
};

function decimalsOf(value: number): number {
  const text = String(value);
  if (text.includes('e')) return 9;
  return text.split('.')[1]?.length ?? 0;
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

function withoutEnds(values: readonly number[]): number | null {
  if (values.length < 4) return null;
  const sorted = [...values].sort((one, other) => one - other).slice(1, -1);
  return sorted.reduce((sum, value) => sum + value, 0) / sorted.length;
}

/** Mean of the values no farther than a standard deviation from their mean; the mean itself where none is as near. */
function withinDeviation(values: readonly number[], mean: number, lost: 0 | 1): number {
  if (values.length <= lost) return mean;
  const deviation = Math.sqrt(
    values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - lost),
  );
  const near = values.filter((value) => Math.abs(value - mean) <= deviation + 1e-9);
  return near.length === 0 ? mean : near.reduce((sum, value) => sum + value, 0) / near.length;
}

function rescaling(
  rows: readonly { readonly gold: number; readonly mean: number }[],
): { slope: number; intercept: number } | null {
  const meanX = rows.reduce((sum, { mean }) => sum + mean, 0) / rows.length;
  const meanY = rows.reduce((sum, { gold }) => sum + gold, 0) / rows.length;
  let products = 0;
  let squares = 0;
  for (const { gold, mean } of rows) {
    products += (mean - meanX) * (gold - meanY);
    squares += (mean - meanX) ** 2;
  }
  if (!(squares > 0)) return null;
  const slope = products / squares;
  return { slope, intercept: meanY - slope * meanX };
}
