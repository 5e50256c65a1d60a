import type { Scale } from '@casebook/agreement';
import type { RatingTable } from './rating-table.ts';

/** How the values of a table are to be read. */
export interface ValueReading {
  /**
   * `numbers`: every value must be one; `sets`: `a|b|c` is a set; `text`: as written; `as-found`: numbers where all are,
   * sets where one holds a `|`, text otherwise; `numbers-or-text`: the same without sets.
   */
  readonly as: 'numbers' | 'sets' | 'text' | 'as-found' | 'numbers-or-text';
  /** Why numbers are needed, for messages: `the interval level`. */
  readonly why: string;
  /** All categories in their order, where they are declared. */
  readonly categories: readonly string[] | null;
}

/** A scale, and for every distinct value of the table its category. */
export interface ReadValues {
  readonly scale: Scale;
  readonly categoryOf: Uint32Array;
  /** What was read otherwise than one might think. */
  readonly remarks: readonly string[];
}

/** A decimal number as spreadsheets and programs write it. */
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/u;
/** A code such as 007, which is a name unless numbers are asked for. */
const CODE = /^[+-]?0\d/u;
const MISSING_WORDS = ['NA', 'NaN', 'nan', 'null', 'None', 'N/A'];

/** Makes a scale of the table's distinct values; those that don't fit are refused where they first stand. */
export function readValues(table: RatingTable, reading: ValueReading): ReadValues {
  const texts = table.values.list;
  const remarks = MISSING_WORDS.filter((word) => table.values.has(word)).map(
    (word) => `“${word}” is taken for a category; --missing ${word} makes it a missing value`,
  );
  const { categories } = reading;
  if (reading.as === 'sets' || (reading.as === 'as-found' && (table.lists || texts.some(isSet)))) {
    return { ...setValues(texts), remarks };
  }
  if (categories !== null) return { ...declaredValues(table, categories), remarks };
  const areNumbers = texts.every((text) => NUMBER.test(text) && !CODE.test(text));
  if (reading.as === 'numbers' || (areNumbers && reading.as !== 'text')) {
    const numbers = numericValues(table, reading.why);
    return { ...numbers, remarks: [...remarks, ...numbers.remarks] };
  }
  return { ...textValues(texts), remarks };
}

function isSet(text: string): boolean {
  return text.includes('|');
}

function textValues(texts: readonly string[]): Omit<ReadValues, 'remarks'> {
  const { order, categoryOf } = ranked(texts, (a, b) => (a < b ? -1 : 1));
  return { scale: { kind: 'nominal', categories: order }, categoryOf };
}

function numericValues(table: RatingTable, why: string): ReadValues {
  const texts = table.values.list;
  const numbers = texts.map((text, value) => {
    const number = NUMBER.test(text) ? Number(text) : NaN;
    if (!Number.isFinite(number))
      table.refuseValue(value, `“${text}” is no number; expected one for ${why} (an empty cell is missing)`);
    return number === 0 ? 0 : number;
  });
  const distinct = [...new Set(numbers)];
  const { order, categoryOf } = ranked(distinct, (a, b) => a - b);
  const places = new Map(distinct.map((number, place) => [number, categoryOf[place] ?? 0]));
  return {
    scale: { kind: 'numeric', numbers: Float64Array.from(order) },
    categoryOf: Uint32Array.from(numbers, (number) => places.get(number) ?? 0),
    remarks:
      distinct.length < numbers.length ? ['numbers that are written in several ways count as the same'] : [],
  };
}

function setValues(texts: readonly string[]): Omit<ReadValues, 'remarks'> {
  const sets = texts.map((text) =>
    [...new Set(text.split('|').map((element) => element.trim()))].filter((element) => element !== '').sort(),
  );
  const keys = sets.map((set) => JSON.stringify(set));
  const distinct = [...new Set(keys)];
  const { order, categoryOf } = ranked(distinct, (a, b) => (a < b ? -1 : 1));
  const setOf = new Map(keys.map((key, place) => [key, sets[place] ?? []]));
  const places = new Map(distinct.map((key, place) => [key, categoryOf[place] ?? 0]));
  return {
    scale: { kind: 'sets', sets: order.map((key) => setOf.get(key) ?? []) },
    categoryOf: Uint32Array.from(keys, (key) => places.get(key) ?? 0),
  };
}

/** Declared categories; numbers in ascending order are a numeric scale, anything else is an order of names. */
function declaredValues(table: RatingTable, categories: readonly string[]): Omit<ReadValues, 'remarks'> {
  const numbers = categories.map((category) => (NUMBER.test(category) ? Number(category) : NaN));
  const isNumeric = numbers.every((number, place) => place === 0 || number > (numbers[place - 1] ?? NaN));
  const numeric = isNumeric && numbers.every((number) => Number.isFinite(number));
  const categoryOf = Uint32Array.from(table.values.list, (text, value) => {
    const place = categories.indexOf(text);
    const found = place === -1 && numeric && NUMBER.test(text) ? numbers.indexOf(Number(text)) : place;
    if (found === -1)
      table.refuseValue(value, `“${text}” is no declared category; expected one of ${categories.join(', ')}`);
    return found;
  });
  return {
    scale: numeric
      ? { kind: 'numeric', numbers: Float64Array.from(numbers) }
      : { kind: 'ordered', categories },
    categoryOf,
  };
}

function ranked<Item>(
  items: readonly Item[],
  compare: (a: Item, b: Item) => number,
): { order: Item[]; categoryOf: Uint32Array } {
  const places = new Map(items.map((item, place) => [item, place]));
  const order = [...items].sort(compare);
  const categoryOf = new Uint32Array(items.length);
  for (const [rank, item] of order.entries()) categoryOf[places.get(item) ?? 0] = rank;
  return { order, categoryOf };
}
