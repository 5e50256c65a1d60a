import { spearmanBrown } from '../continuous/spearman-brown.ts';

/**
 * Coders whose mean rating reaches a reliability, from the reliability of one (ICC(1), or the mean correlation of
 * two coders), by Spearman & Brown solved for the factor. Throws RangeError unless both lie between 0 and 1.
 */
export function codersForReliability(single: number, wanted: number): number {
  if (!(single > 0 && single < 1) || !(wanted > 0 && wanted < 1)) {
    throw new RangeError(`Reliabilities lie between 0 and 1, not at ${single} and ${wanted}.`);
  }
  const factor = (wanted * (1 - single)) / (single * (1 - wanted));
  return Math.max(1, Math.ceil(factor - 1e-9));
}

export interface ProjectedReliability {
  readonly coders: number;
  readonly reliability: number;
  /** √reliability: the best correlation with the means that a perfect model could reach. */
  readonly ceiling: number;
}

/** Reliability and ceiling of the mean of 1 to `most` coders. */
export function projectReliability(single: number, most: number): ProjectedReliability[] {
  if (!(single >= 0 && single <= 1))
    throw new RangeError(`A reliability lies between 0 and 1, not at ${single}.`);
  return Array.from({ length: most }, (_, index) => {
    const reliability = spearmanBrown(single, index + 1);
    return { coders: index + 1, reliability, ceiling: Math.sqrt(reliability) };
  });
}
