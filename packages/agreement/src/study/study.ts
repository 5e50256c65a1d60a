import { type Scale } from './scale.ts';

/**
 * Unit × coder → category, missing cells simply absent. Ratings lie unit after unit, within a unit by
 * coder: those of unit u are at `offsets[u]` up to `offsets[u + 1]`. Memory is linear in the ratings.
 * At most one rating per unit and coder.
 */
export interface Study {
  readonly units: readonly string[];
  readonly coders: readonly string[];
  readonly scale: Scale;
  /** Length units + 1. */
  readonly offsets: Uint32Array;
  /** Index into `coders` of every rating. */
  readonly coderOf: Uint32Array;
  /** Index of the category of every rating. */
  readonly categoryOf: Uint32Array;
}

/** Ratings in the study, missing cells not counted. */
export function ratingCount(study: Study): number {
  return study.categoryOf.length;
}

/** Number of empty cells. */
export function missingCount(study: Study): number {
  return study.units.length * study.coders.length - study.categoryOf.length;
}
