import { type RatingValue } from './scale-builder.ts';
import { StudyError } from './study-error.ts';
import { studyFromWide } from './from-wide.ts';
import { type Study } from './study.ts';

export interface ContingencyOptions {
  /** The categories of rows and columns; the numbers 1…q where left out. */
  readonly categories?: readonly (string | number)[];
  readonly coders?: readonly [string, string];
}

/**
 * A study of two coders from their contingency table: `table[i][j]` units were put into category i by the
 * first and j by the second. Throws StudyError unless the table is square and holds counts.
 */
export function studyFromContingency(
  table: readonly (readonly number[])[],
  options: ContingencyOptions = {},
): Study {
  const size = table.length;
  const categories = options.categories ?? table.map((_, index) => index + 1);
  if (categories.length !== size) {
    throw new StudyError('bad-shape', `There are ${categories.length} categories for ${size} rows.`);
  }
  const rows: RatingValue[][] = [];
  for (const [i, counts] of table.entries()) {
    if (counts.length !== size) {
      throw new StudyError('bad-shape', `${size} counts were expected, ${counts.length} found.`, i + 1);
    }
    for (const [j, count] of counts.entries()) {
      if (!Number.isInteger(count) || count < 0) {
        throw new StudyError('bad-value', `a count was expected in column ${j + 1}, not ${count}.`, i + 1);
      }
      const pair = [categories[i] ?? '', categories[j] ?? ''];
      for (let copy = 0; copy < count; copy++) rows.push(pair);
    }
  }
  const numeric = categories.every((category) => typeof category === 'number');
  return studyFromWide(rows, {
    scale: numeric ? 'numeric' : 'ordered',
    categories,
    coders: options.coders ?? ['1', '2'],
  });
}
