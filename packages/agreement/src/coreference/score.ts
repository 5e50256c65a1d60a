/** Numerators and denominators of recall and precision. They add up over documents. */
export interface ScoreCounts {
  readonly recallNumerator: number;
  readonly recallDenominator: number;
  readonly precisionNumerator: number;
  readonly precisionDenominator: number;
}

/**
 * Recall, precision and their harmonic mean, each from 0 to 1.
 *
 * Where a denominator is 0 the field's scorers print 0, and so do we, but `reason` then says what there was none of.
 */
export interface Score {
  readonly recall: number;
  readonly precision: number;
  readonly f1: number;
  readonly reason: string | null;
  /** What the fractions are made of; null where the score is a mean of others. */
  readonly counts: ScoreCounts | null;
}

export const NO_COUNTS: ScoreCounts = {
  recallNumerator: 0,
  recallDenominator: 0,
  precisionNumerator: 0,
  precisionDenominator: 0,
};

export function addCounts(one: ScoreCounts, other: ScoreCounts): ScoreCounts {
  return {
    recallNumerator: one.recallNumerator + other.recallNumerator,
    recallDenominator: one.recallDenominator + other.recallDenominator,
    precisionNumerator: one.precisionNumerator + other.precisionNumerator,
    precisionDenominator: one.precisionDenominator + other.precisionDenominator,
  };
}

/** 2rp / (r + p); 0 where both are 0. */
function harmonicMean(recall: number, precision: number): number {
  return recall + precision === 0 ? 0 : (2 * recall * precision) / (recall + precision);
}

/** @param of what the denominators count, for the reason: "links", "mentions" */
export function scoreFromCounts(counts: ScoreCounts, of: string): Score {
  const recall = counts.recallDenominator === 0 ? 0 : counts.recallNumerator / counts.recallDenominator;
  const precision =
    counts.precisionDenominator === 0 ? 0 : counts.precisionNumerator / counts.precisionDenominator;
  return { recall, precision, f1: harmonicMean(recall, precision), reason: reasonFor(counts, of), counts };
}

/** Whether neither side had anything to count, so that the score says nothing. */
export function isEmpty(score: Score): boolean {
  return score.counts?.recallDenominator === 0 && score.counts.precisionDenominator === 0;
}

function reasonFor(counts: ScoreCounts, of: string): string | null {
  const missing: string[] = [];
  if (counts.recallDenominator === 0) missing.push('key');
  if (counts.precisionDenominator === 0) missing.push('response');
  return missing.length === 0 ? null : `the ${missing.join(' and the ')} held no ${of}; 0 by convention`;
}
