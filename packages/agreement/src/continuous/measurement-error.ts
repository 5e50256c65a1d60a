import { type Study } from '../study/study.ts';
import { completeTable } from './complete-table.ts';
import { meanSquares } from './mean-squares.ts';
import { oneWayAnalysis } from './one-way-analysis.ts';
import { studyNumbers } from './paired-numbers.ts';

/** A figure in the unit of the ratings, or why there is none. */
export type Quantity = { readonly value: number } | { readonly value: null; readonly reason: string };

/**
 * Standard error of measurement of one rating, in the unit of the ratings: √MS_within over all ratings
 * (`agreement`: differences between coders' levels count), or √MS_error on complete units (`consistency`).
 */
export function standardErrorOfMeasurement(
  study: Study,
  kind: 'agreement' | 'consistency' = 'agreement',
): Quantity {
  if (kind === 'agreement') {
    const { within, dfWithin } = oneWayAnalysis(study, 'all');
    return dfWithin < 1 ? { value: null, reason: 'no unit was rated twice' } : { value: Math.sqrt(within) };
  }
  const table = completeTable(study);
  if (table.units < 2) return { value: null, reason: 'fewer than two units were rated by all coders' };
  return { value: Math.sqrt(meanSquares(table).error) };
}

/** How far the ratings of the units spread. */
export interface UnitSpread {
  /** Units with two ratings or more. */
  readonly units: number;
  /** Over units: standard deviations of their ratings, divisor n − 1. */
  readonly meanSd: number;
  readonly medianSd: number;
  readonly maxSd: number;
  /** Mean over units of sd/√n, the standard error of the unit's mean. */
  readonly meanStandardError: number;
}

/** Null where no unit has two ratings. */
export function unitSpread(study: Study): UnitSpread | null {
  const numbers = studyNumbers(study);
  const deviations: number[] = [];
  let errors = 0;
  for (let unit = 0; unit < study.units.length; unit++) {
    const start = study.offsets[unit] ?? 0;
    const end = study.offsets[unit + 1] ?? 0;
    const n = end - start;
    if (n < 2) continue;
    let mean = 0;
    for (let i = start; i < end; i++) mean += (numbers[study.categoryOf[i] ?? 0] ?? 0) / n;
    let squares = 0;
    for (let i = start; i < end; i++) squares += ((numbers[study.categoryOf[i] ?? 0] ?? 0) - mean) ** 2;
    const sd = Math.sqrt(squares / (n - 1));
    deviations.push(sd);
    errors += sd / Math.sqrt(n);
  }
  const units = deviations.length;
  if (units === 0) return null;
  const sorted = Float64Array.from(deviations).sort();
  const middle = units >> 1;
  const upper = sorted[middle] ?? 0;
  return {
    units,
    meanSd: deviations.reduce((sum, sd) => sum + sd, 0) / units,
    medianSd: units % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2,
    maxSd: sorted[units - 1] ?? 0,
    meanStandardError: errors / units,
  };
}
