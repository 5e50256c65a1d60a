import { type Scale, type ScaleKind } from './scale.ts';
import { StudyError } from './study-error.ts';

/** A rating as it comes in: a category's name, a number, or the elements of a set. */
export type RatingValue = string | number | readonly string[];

export interface ScaleOptions {
  /**
   * What the values are. Where it is left out: numbers are numeric, arrays are sets, strings are nominal;
   * a mixture is refused. Ordered scales need `categories`.
   */
  readonly scale?: ScaleKind;
  /**
   * All categories, in their order for an ordered scale. A value that is not among them is refused.
   * Categories that nobody used still count (for Bennett's S, Gwet's AC).
   */
  readonly categories?: readonly RatingValue[];
}

/** Collects values and gives each a provisional index; `finish` orders the categories. */
export interface ScaleBuilder {
  /** Provisional index of the value; throws StudyError naming `row` if it does not belong to the scale. */
  add(value: RatingValue, row: number): number;
  /** The scale and, for every provisional index, its final category. */
  finish(): { scale: Scale; finalOf: Uint32Array };
}

function describe(value: RatingValue): string {
  return typeof value === 'string'
    ? `"${value}"`
    : typeof value === 'number'
      ? String(value)
      : `{${value.join(', ')}}`;
}

function kindOf(value: RatingValue): ScaleKind {
  if (typeof value === 'number') return 'numeric';
  return typeof value === 'string' ? 'nominal' : 'sets';
}

function normalise(
  value: RatingValue,
  kind: ScaleKind,
  row: number,
): { key: string | number; sorted: readonly string[] } {
  switch (kind) {
    case 'numeric':
      if (typeof value !== 'number' || !Number.isFinite(value)) {
        throw new StudyError('bad-value', `a finite number was expected, not ${describe(value)}.`, row);
      }
      return { key: value === 0 ? 0 : value, sorted: [] };
    case 'sets': {
      if (typeof value === 'string' || typeof value === 'number') {
        throw new StudyError(
          'bad-value',
          `a set (an array of names) was expected, not ${describe(value)}.`,
          row,
        );
      }
      const sorted = [...new Set(value)].sort();
      return { key: JSON.stringify(sorted), sorted };
    }
    case 'nominal':
    case 'ordered':
      if (typeof value === 'object') {
        throw new StudyError('bad-value', `one category was expected, not the set ${describe(value)}.`, row);
      }
      return { key: String(value), sorted: [] };
  }
}

function compareKeys(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function scaleBuilder(options: ScaleOptions): ScaleBuilder {
  const indexOf = new Map<string | number, number>();
  const keys: (string | number)[] = [];
  const sets: (readonly string[])[] = [];
  let kind = options.scale ?? null;
  const declared = options.categories !== undefined;

  const register = (value: RatingValue, scaleKind: ScaleKind, row: number, open: boolean): number => {
    const { key, sorted } = normalise(value, scaleKind, row);
    const known = indexOf.get(key);
    if (known !== undefined) return known;
    if (!open) {
      throw new StudyError(
        'unknown-category',
        `${describe(value)} is not one of the declared categories.`,
        row,
      );
    }
    const index = keys.length;
    indexOf.set(key, index);
    keys.push(key);
    sets.push(sorted);
    return index;
  };

  if (options.categories !== undefined) {
    for (const [position, category] of options.categories.entries()) {
      kind ??= kindOf(category);
      const before = keys.length;
      register(category, kind, position + 1, true);
      if (keys.length === before) {
        throw new StudyError('bad-shape', `The category ${describe(category)} is declared twice.`);
      }
    }
  } else if (kind === 'ordered') {
    throw new StudyError('bad-shape', 'An ordered scale needs its categories, in order.');
  }

  return {
    add(value, row) {
      if (kind === null) kind = kindOf(value);
      else if (options.scale === undefined && !declared && kindOf(value) !== kind) {
        throw new StudyError(
          'bad-value',
          `${describe(value)} does not fit the ${kind} values before it; state the scale to say how to read it.`,
          row,
        );
      }
      return register(value, kind, row, !declared);
    },
    finish() {
      const order = keys.map((_, index) => index);
      if (kind !== 'ordered') order.sort((a, b) => compareKeys(keys[a] ?? '', keys[b] ?? ''));
      const finalOf = new Uint32Array(keys.length);
      order.forEach((provisional, final) => (finalOf[provisional] = final));
      return { scale: scaleOf(kind ?? 'nominal', order, keys, sets), finalOf };
    },
  };
}

function scaleOf(
  kind: ScaleKind,
  order: readonly number[],
  keys: readonly (string | number)[],
  sets: readonly (readonly string[])[],
): Scale {
  switch (kind) {
    case 'nominal':
    case 'ordered':
      return { kind, categories: order.map((index) => String(keys[index])) };
    case 'numeric':
      return { kind, numbers: Float64Array.from(order, (index) => Number(keys[index])) };
    case 'sets':
      return { kind, sets: order.map((index) => sets[index] ?? []) };
  }
}
