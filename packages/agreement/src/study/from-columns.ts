import { compileStudy } from './compile.ts';
import { categoryCount, type Scale } from './scale.ts';
import { StudyError } from './study-error.ts';
import { type Study } from './study.ts';

/** Ratings as three parallel columns of indices into units, coders and categories. */
export interface StudyColumns {
  readonly unitOf: Uint32Array;
  readonly coderOf: Uint32Array;
  readonly categoryOf: Uint32Array;
}

/**
 * A study from typed arrays, for tables too large for rows of objects. Throws StudyError for columns of different
 * length, an index out of range, a second value in a cell (naming the row, from 1) and fewer than two coders.
 */
export function studyFromColumns(
  units: readonly string[],
  coders: readonly string[],
  scale: Scale,
  columns: StudyColumns,
): Study {
  const { unitOf, coderOf, categoryOf } = columns;
  if (unitOf.length !== coderOf.length || unitOf.length !== categoryOf.length) {
    throw new StudyError('bad-shape', 'The columns of units, coders and categories differ in length.');
  }
  const categories = categoryCount(scale);
  for (let row = 0; row < unitOf.length; row++) {
    if ((unitOf[row] ?? 0) >= units.length || (coderOf[row] ?? 0) >= coders.length) {
      throw new StudyError('bad-value', 'the unit or the coder does not exist.', row + 1);
    }
    if ((categoryOf[row] ?? 0) >= categories) {
      throw new StudyError('unknown-category', `there are ${categories} categories.`, row + 1);
    }
  }
  return compileStudy(units, coders, scale, { ...columns, rowOf: null });
}
