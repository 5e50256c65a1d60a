import { compileStudy } from './compile.ts';
import { type RatingValue, type ScaleOptions, scaleBuilder } from './scale-builder.ts';
import { StudyError } from './study-error.ts';
import { type Study } from './study.ts';

export interface WideOptions extends ScaleOptions {
  /** Names of the units; `1`, `2`, … where left out. */
  readonly units?: readonly string[];
  /** Names of the coders; `1`, `2`, … where left out. */
  readonly coders?: readonly string[];
}

/**
 * A study from a table with one row a unit and one column a coder; null is missing.
 *
 * Throws StudyError naming the row (from 1) for rows of different length, repeated unit or coder names,
 * unknown categories, values of another kind, and for fewer than two columns.
 */
export function studyFromWide(
  table: readonly (readonly (RatingValue | null)[])[],
  options: WideOptions = {},
): Study {
  const width = options.coders?.length ?? table[0]?.length ?? 0;
  const units = options.units ?? table.map((_, index) => String(index + 1));
  const coders = options.coders ?? Array.from({ length: width }, (_, index) => String(index + 1));
  if (units.length !== table.length) {
    throw new StudyError('bad-shape', `There are ${units.length} unit names for ${table.length} rows.`);
  }
  refuseRepeatedName(units, 'unit', true);
  refuseRepeatedName(coders, 'coder', false);
  const scale = scaleBuilder(options);
  let ratings = 0;
  for (const row of table) for (const value of row) if (value !== null) ratings += 1;
  const unitOf = new Uint32Array(ratings);
  const coderOf = new Uint32Array(ratings);
  const categoryOf = new Uint32Array(ratings);
  let next = 0;
  for (const [unit, row] of table.entries()) {
    if (row.length !== width) {
      throw new StudyError('bad-shape', `${width} values were expected, ${row.length} found.`, unit + 1);
    }
    for (let coder = 0; coder < width; coder++) {
      const value = row[coder] ?? null;
      if (value === null) continue;
      unitOf[next] = unit;
      coderOf[next] = coder;
      categoryOf[next] = scale.add(value, unit + 1);
      next += 1;
    }
  }
  const { scale: finished, finalOf } = scale.finish();
  for (let i = 0; i < ratings; i++) categoryOf[i] = finalOf[categoryOf[i] ?? 0] ?? 0;
  return compileStudy(units, coders, finished, { unitOf, coderOf, categoryOf, rowOf: null });
}

function refuseRepeatedName(names: readonly string[], what: string, isRow: boolean): void {
  const seen = new Set<string>();
  for (const [index, name] of names.entries()) {
    if (seen.has(name)) {
      throw new StudyError('duplicate', `the ${what} "${name}" appears twice.`, isRow ? index + 1 : null);
    }
    seen.add(name);
  }
}
