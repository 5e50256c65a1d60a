import { type Usage } from '../estimate.ts';
import { categoryCount, type Scale } from './scale.ts';
import { StudyError } from './study-error.ts';
import { ratingCoders } from './select.ts';
import { type Study } from './study.ts';

/**
 * How many coders put a unit into each category, without who. Only categories that were used in the unit
 * are kept: those of unit u are at `offsets[u]` up to `offsets[u + 1]`.
 */
export interface UnitCounts {
  readonly scale: Scale;
  /** Number of units, those without ratings included. */
  readonly units: number;
  /** Number of coders with a rating where known, otherwise the most ratings that a unit has. */
  readonly coders: number;
  /** Coders of the study who rated nothing; none where they are not known. */
  readonly silentCoders?: number;
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
  const offsets = new Uint32Array(units + 1);
  const categories = new Uint32Array(study.categoryOf.length);
  const counts = new Uint32Array(study.categoryOf.length);
  const size = categoryCount(study.scale);
  const entries =
    size <= FEW_CATEGORIES
      ? countFewCategories(study, size, offsets, categories, counts)
      : countManyCategories(study, size, offsets, categories, counts);
  const ratingsOf = new Uint32Array(units);
  for (let unit = 0; unit < units; unit++) {
    ratingsOf[unit] = (study.offsets[unit + 1] ?? 0) - (study.offsets[unit] ?? 0);
  }
  const coders = ratingCoders(study).length;
  return {
    scale: study.scale,
    units,
    coders,
    silentCoders: study.coders.length - coders,
    offsets,
    categoryOf: categories.slice(0, entries),
    countOf: counts.slice(0, entries),
    ratingsOf,
  };
}

const FEW_CATEGORIES = 32;

/** A slot for every category, emptied after each unit: no branch a rating. Returns the number of entries. */
function countFewCategories(
  study: Study,
  size: number,
  offsets: Uint32Array,
  categories: Uint32Array,
  counts: Uint32Array,
): number {
  const { categoryOf, offsets: bounds } = study;
  const slots = new Uint32Array(size);
  let next = 0;
  let rating = 0;
  for (let unit = 0; unit < study.units.length; unit++) {
    const end = bounds[unit + 1] ?? 0;
    for (; rating < end; rating++) {
      const category = categoryOf[rating] ?? 0;
      slots[category] = (slots[category] ?? 0) + 1;
    }
    for (let category = 0; category < size; category++) {
      const count = slots[category] ?? 0;
      if (count === 0) continue;
      categories[next] = category;
      counts[next] = count;
      slots[category] = 0;
      next += 1;
    }
    offsets[unit + 1] = next;
  }
  return next;
}

/** Remembers where in the unit's run a category stands; valid if at or after the run's start. */
function countManyCategories(
  study: Study,
  size: number,
  offsets: Uint32Array,
  categories: Uint32Array,
  counts: Uint32Array,
): number {
  const { categoryOf, offsets: bounds } = study;
  const placeOf = new Int32Array(size).fill(-1);
  let next = 0;
  let rating = 0;
  for (let unit = 0; unit < study.units.length; unit++) {
    const end = bounds[unit + 1] ?? 0;
    const runStart = next;
    for (; rating < end; rating++) {
      const category = categoryOf[rating] ?? 0;
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
    offsets[unit + 1] = next;
  }
  return next;
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
    dropped: { units: counts.units - units, coders: counts.silentCoders ?? 0, ratings: all - ratings },
  };
}
