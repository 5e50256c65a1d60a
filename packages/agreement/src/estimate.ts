/** How an interval was made. `krippendorff` is Krippendorff's own bootstrap of alpha. */
export type IntervalMethod =
  'analytic' | 'linearised' | 'jackknife' | 'percentile' | 'bca' | 'krippendorff' | 'normal' | 'exact';

export interface ConfidenceInterval {
  readonly low: number;
  readonly high: number;
  /** Confidence level, for example 0.95. */
  readonly level: number;
  readonly method: IntervalMethod;
}

/** What of the study entered a figure, and what could not. */
export interface Usage {
  readonly units: number;
  readonly coders: number;
  readonly ratings: number;
  readonly dropped: { readonly units: number; readonly coders: number; readonly ratings: number };
}

/** Test of the hypothesis that the true value is 0. */
export interface ZeroTest {
  readonly statistic: number;
  /** Standard error under the hypothesis, where the statistic is a ratio to it. */
  readonly se: number | null;
  readonly distribution: 'normal' | 't' | 'F' | 'chi-squared';
  /** Degrees of freedom; empty for the normal distribution. */
  readonly df: readonly number[];
  /** Two-sided for normal and t, upper tail for F and chi-squared. */
  readonly p: number;
}

/** A figure that exists. */
export interface DefinedEstimate {
  readonly measure: string;
  /** Which of several conventions was followed, in words. */
  readonly convention: string;
  readonly value: number;
  readonly reason: null;
  /** Observed agreement, where the measure has that part. */
  readonly observed: number | null;
  /** Agreement expected by chance, where the measure has that part. */
  readonly expected: number | null;
  readonly se: number | null;
  readonly ci: ConfidenceInterval | null;
  readonly test: ZeroTest | null;
  readonly used: Usage;
  /** The seed of the interval, where one was drawn. */
  readonly seed: number | null;
  /** What a reader must know: an interval that could not be made, resamples left out, and why. */
  readonly notes: readonly string[];
}

/** A figure that does not exist, and why. */
export interface UndefinedEstimate {
  readonly measure: string;
  readonly convention: string;
  readonly value: null;
  readonly reason: string;
  readonly used: Usage;
}

export type Estimate = DefinedEstimate | UndefinedEstimate;

export function undefinedEstimate(
  measure: string,
  convention: string,
  reason: string,
  used: Usage,
): UndefinedEstimate {
  return { measure, convention, value: null, reason, used };
}

/** The parts that a measure states of its own figure; all others are null or empty. */
export type StatedEstimate = Pick<DefinedEstimate, 'measure' | 'convention' | 'value' | 'used'> &
  Partial<DefinedEstimate>;

export function definedEstimate(stated: StatedEstimate): DefinedEstimate {
  return {
    reason: null,
    observed: null,
    expected: null,
    se: null,
    ci: null,
    test: null,
    seed: null,
    notes: [],
    ...stated,
  };
}
