import { type Usage } from '../estimate.ts';
import { type Scale } from './scale.ts';
import { StudyError } from './study-error.ts';
import { type Study } from './study.ts';

/**
 * How many coders put a unit into each category, without who. Only categories that were used in the unit
 * are kept: those of unit u are at `offsets[u]` up to `offsets[u + 1]`.
 */
export interface UnitCounts {
  readonly scale: Scale;
  /** Number of units, those without ratings included. */
  readonly units: number;
  /** Number of coders where known, otherwise the most ratings that a unit has. */
  readonly coders: number;
  readonly offsets: Uint32Array;
  readonly categoryOf: Uint32Array;
  readonly countOf: Uint32Array;
  /** Ratings of every unit. */
  readonly ratingsOf: Uint32Array;
}

/** What measures that need no coder's name accept. */
export type CountsSource = Study | UnitCounts;

const countsOfStudy = new WeakMap<Study, UnitCounts>();

/** The counts of a study; made once and kept as long as the study is. */
export function unitCounts(source: CountsSource): UnitCounts {
  if (!('coderOf' in source)) return source;
  const known = countsOfStudy.get(source);
  if (known !== undefined) return known;
  const counts = countStudy(source);
  countsOfStudy.set(source, counts);
  return counts;
}

function countStudy(study: Study): UnitCounts {
  const units = study.units.length;
  const source = study.categoryOf;
  const bounds = study.offsets;
  const offsets = new Uint32Array(units + 1);
  const ratingsOf = new Uint32Array(units);
  const categories = new Uint32Array(source.length);
  const counts = new Uint32Array(source.length);
  let highest = 0;
  for (const category of source) if (category > highest) highest = category;
  // Where in the unit's run a category stands; valid if at or after the run's start.
  const placeOf = new Int32Array(highest + 1).fill(-1);
  let next = 0;
  for (let unit = 0; unit < units; unit++) {
    const start = bounds[unit] ?? 0;
    const end = bounds[unit + 1] ?? 0;
    const runStart = next;
    for (let i = start; i < end; i++) {
      const category = source[i] ?? 0;
      const place = placeOf[category] ?? -1;
      if (place >= runStart) {
        counts[place] = (counts[place] ?? 0) + 1;
      } else {
        placeOf[category] = next;
        categories[next] = category;
        counts[next] = 1;
        next += 1;
      }
    }
    ratingsOf[unit] = end - start;
    offsets[unit + 1] = next;
  }
  return {
    scale: study.scale,
    units,
    coders: study.coders.length,
    offsets,
    categoryOf: categories.slice(0, next),
    countOf: counts.slice(0, next),
    ratingsOf,
  };
}

/**
 * Counts from a table of units × categories, for published tables that do not name the coders.
 *
 * @param table `table[u][k]` coders put unit u into category k
 * @param categories names or values of the columns; the numbers 1…q where left out
 */
export function unitCountsFromTable(
  table: readonly (readonly number[])[],
  categories?: readonly string[] | readonly number[],
): UnitCounts {
  const width = table[0]?.length ?? 0;
  const offsets = new Uint32Array(table.length + 1);
  const ratingsOf = new Uint32Array(table.length);
  const categoryOf: number[] = [];
  const countOf: number[] = [];
  let coders = 0;
  for (const [unit, row] of table.entries()) {
    if (row.length !== width) {
      throw new StudyError('bad-shape', `${width} counts were expected, ${row.length} found.`, unit + 1);
    }
    let ratings = 0;
    for (const [category, count] of row.entries()) {
      if (!Number.isInteger(count) || count < 0) {
        throw new StudyError(
          'bad-value',
          `a count was expected in column ${category + 1}, not ${count}.`,
          unit + 1,
        );
      }
      if (count === 0) continue;
      categoryOf.push(category);
      countOf.push(count);
      ratings += count;
    }
    ratingsOf[unit] = ratings;
    coders = Math.max(coders, ratings);
    offsets[unit + 1] = countOf.length;
  }
  return {
    scale: scaleOfColumns(width, categories),
    units: table.length,
    coders,
    offsets,
    categoryOf: Uint32Array.from(categoryOf),
    countOf: Uint32Array.from(countOf),
    ratingsOf,
  };
}

function scaleOfColumns(width: number, categories?: readonly string[] | readonly number[]): Scale {
  if (categories === undefined) {
    return { kind: 'numeric', numbers: Float64Array.from({ length: width }, (_, index) => index + 1) };
  }
  if (categories.length !== width) {
    throw new StudyError('bad-shape', `There are ${categories.length} categories for ${width} columns.`);
  }
  const numbers = categories.filter((category) => typeof category === 'number');
  if (numbers.length === width) return { kind: 'numeric', numbers: Float64Array.from(numbers) };
  return { kind: 'ordered', categories: categories.map(String) };
}

/** Usage where a unit needs at least `least` ratings to be of use. */
export function usageOfCounts(counts: UnitCounts, least: number): Usage {
  let units = 0;
  let ratings = 0;
  let all = 0;
  for (const ratingsOfUnit of counts.ratingsOf) {
    all += ratingsOfUnit;
    if (ratingsOfUnit >= least) {
      units += 1;
      ratings += ratingsOfUnit;
    }
  }
  return {
    units,
    coders: counts.coders,
    ratings,
    dropped: { units: counts.units - units, coders: 0, ratings: all - ratings },
  };
}
