import type { ConfidenceInterval, Estimate, IccForm, Usage, ZeroTest } from '@casebook/agreement';
import type { Benchmarks } from './benchmarks.ts';
import type { Level, MeasureName, SetDistance } from './measure-names.ts';

/** A figure of the JSON. */
export interface FigureReport {
  readonly value: number | null;
  readonly observed: number | null;
  readonly expected: number | null;
  readonly se: number | null;
  readonly ci: ConfidenceInterval | null;
  readonly reason: string | null;
  readonly test: ZeroTest | null;
  readonly convention: string | null;
  readonly used: Usage | null;
  /** The seed of what was drawn for this figure. */
  readonly seed: number | null;
  readonly notes: readonly string[];
}

/** What single measures tell besides. */
export interface MeasureDetail {
  readonly benchmarks?: Benchmarks;
  /** Krippendorff's D_o and D_e. */
  readonly disagreement?: { readonly observed: number; readonly expected: number };
  /** The same mean of Pearson's correlations. */
  readonly pearson?: number | { readonly value: null; readonly reason: string };
  readonly spread?: Readonly<Record<string, number | null>>;
  readonly splitHalf?: Readonly<Record<string, number | boolean | null>>;
}

/** What a measure found: one figure, or the six forms of the intraclass correlation. */
export type Measured =
  (FigureReport & MeasureDetail) | { readonly forms: Readonly<Record<IccForm, FigureReport>> };

/** An entry of `measures`. */
export type MeasureReport = Measured & {
  readonly measure: MeasureName;
  /** Null where categories are sets. */
  readonly level: Level | null;
  readonly weights: string;
  /** Where categories are sets. */
  readonly distance?: SetDistance;
};

export function reported(estimate: Estimate): FigureReport {
  const { value, convention, used } = estimate;
  if (estimate.value === null) return { ...undefinedReport(estimate.reason), convention, used };
  const { observed, expected, se, ci, test, seed, notes } = estimate;
  const figure = { value, observed, expected, se, ci, reason: null, test, convention, used, seed, notes };
  // JSON has no infinity: a step-up by Spearman and Brown has its pole within reach of tiny studies.
  if (ci === null || (Number.isFinite(ci.low) && Number.isFinite(ci.high))) return figure;
  return { ...figure, ci: null, notes: [...notes, 'no interval: one of its limits is infinite'] };
}

export function undefinedReport(reason: string): FigureReport {
  return {
    value: null,
    observed: null,
    expected: null,
    se: null,
    ci: null,
    reason,
    test: null,
    convention: null,
    used: null,
    seed: null,
    notes: [],
  };
}
