import { type ConfidenceInterval, type Estimate, holm, pearson, spearman } from '@casebook/agreement';
import type { NumberColumns } from '../tables/number-columns.ts';
import { type Comparison, compare, type Contestants } from './compare.ts';
import type { Correlation, CorrelationsCall, Method } from './options.ts';

/** A model's correlation with the gold. */
interface ModelRow {
  readonly model: string;
  readonly value: number | null;
  readonly ci: ConfidenceInterval | null;
  readonly reason: string | null;
}

/** Two models compared; `difference` is the first's correlation less the second's. */
type ComparisonRow = Comparison & {
  readonly first: string;
  readonly second: string;
  /** Adjusted by Holm over all pairs that have a p; null where there is none. */
  readonly pHolm: number | null;
};

/** What `casebook correlations` prints. */
export interface CorrelationsReport {
  /** Rows in which gold and every model have a figure. */
  readonly pairs: number;
  readonly dropped: number;
  readonly gold: string;
  readonly correlation: Correlation;
  readonly method: Method;
  readonly seed: number;
  readonly models: readonly ModelRow[];
  readonly comparisons: readonly ComparisonRow[];
}

/** @param columns gold first, then the models */
export function correlationsReport(call: CorrelationsCall, read: NumberColumns): CorrelationsReport {
  const [gold = new Float64Array(), ...models] = read.columns;
  const correlate = call.correlation === 'spearman' ? spearman : pearson;
  const ofGold = models.map((model) => correlate(gold, model, call.confidence));
  const contests = models.flatMap((first, i) =>
    models.slice(i + 1).map((second, offset) => {
      const j = i + 1 + offset;
      const contestants: Contestants = {
        gold,
        first,
        second,
        r1: ofGold[i]?.value ?? null,
        r2: ofGold[j]?.value ?? null,
        r12: correlate(first, second).value,
      };
      return {
        first: call.models[i] ?? '',
        second: call.models[j] ?? '',
        own: compare(contestants, call),
      };
    }),
  );
  const defined = contests.flatMap(({ own }, place) => (own.p === null ? [] : [{ place, p: own.p }]));
  const adjusted = holm(defined.map(({ p }) => p));
  const adjustedAt = new Map(defined.map(({ place }, rank) => [place, adjusted[rank] ?? null]));
  return {
    pairs: gold.length,
    dropped: read.dropped,
    gold: call.gold,
    correlation: call.correlation,
    method: call.method,
    seed: call.seed,
    models: ofGold.map((estimate, place) => modelRow(call.models[place] ?? '', estimate)),
    comparisons: contests.map(({ first, second, own }, place) => ({
      first,
      second,
      ...own,
      pHolm: adjustedAt.get(place) ?? null,
    })),
  };
}

function modelRow(model: string, estimate: Estimate): ModelRow {
  return estimate.value === null
    ? { model, value: null, ci: null, reason: estimate.reason }
    : { model, value: estimate.value, ci: estimate.ci, reason: null };
}
