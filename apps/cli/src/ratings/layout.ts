/** `wide`: a row a unit, a column a coder; `long`: a row a rating. */
export type Layout = 'wide' | 'long';

export const LONG_COLUMNS = {
  unit: ['unit', 'item', 'task'],
  coder: ['coder', 'rater', 'annotator', 'worker'],
  value: ['value', 'rating', 'label'],
} as const;

const KEY_COLUMNS = ['unit', 'id'];

/** Whether a column holds the units' names in the wide layout. */
export function isKeyColumn(name: string): boolean {
  return KEY_COLUMNS.includes(name.toLowerCase());
}

/** Where a column with one of these names stands; -1 where there is none. */
export function placeOfColumn(header: readonly string[], names: readonly string[]): number {
  for (const name of names) {
    const place = header.findIndex((word) => word.toLowerCase() === name);
    if (place !== -1) return place;
  }
  return -1;
}

/** Long, where columns for unit, coder and value are there; wide otherwise. */
export function layoutOf(header: readonly string[]): Layout {
  return Object.values(LONG_COLUMNS).every((names) => placeOfColumn(header, names) !== -1) ? 'long' : 'wide';
}
