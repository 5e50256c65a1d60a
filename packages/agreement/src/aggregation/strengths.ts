import type { Figure } from './aggregation.ts';

/** Strengths of items on a log scale, or why they do not exist. */
export type Strengths =
  | { readonly logStrengths: Float64Array; readonly reason: null }
  | { readonly logStrengths: null; readonly reason: string };

/** What every model of comparisons gives. */
export interface ComparisonAggregation {
  readonly model: string;
  readonly items: readonly string[];
  /** Item → log strength, of mean 0; null with a reason where no finite strengths fit best. */
  readonly strengths: Strengths;
  readonly logLikelihood: Figure;
  readonly objective: readonly number[];
  readonly iterations: number;
  readonly converged: boolean;
  readonly seed: null;
}

/** Item → log strength. Empty where there are none. */
export function scoresByItem({ items, strengths }: ComparisonAggregation): Map<string, number> {
  const { logStrengths } = strengths;
  if (logStrengths === null) return new Map();
  return new Map(items.map((item, place) => [item, logStrengths[place] ?? 0]));
}
