/**
 * What the values of a study are. A rating is stored as the index of its category:
 * nominal categories sorted by code unit, ordered ones in the order given, numbers and
 * instants ascending, sets by their sorted elements.
 */
export type Scale =
  | { readonly kind: 'nominal'; readonly categories: readonly string[] }
  | { readonly kind: 'ordered'; readonly categories: readonly string[] }
  | { readonly kind: 'numeric'; readonly numbers: Float64Array }
  | { readonly kind: 'sets'; readonly sets: readonly (readonly string[])[] };

export type ScaleKind = Scale['kind'];

/** Number of categories, used or not. */
export function categoryCount(scale: Scale): number {
  switch (scale.kind) {
    case 'nominal':
    case 'ordered':
      return scale.categories.length;
    case 'numeric':
      return scale.numbers.length;
    case 'sets':
      return scale.sets.length;
  }
}

/** The category's name for people and for JSON; sets are joined by `|`, as tables write them. */
export function categoryLabel(scale: Scale, category: number): string {
  switch (scale.kind) {
    case 'nominal':
    case 'ordered':
      return scale.categories[category] ?? '';
    case 'numeric':
      return String(scale.numbers[category] ?? '');
    case 'sets':
      return (scale.sets[category] ?? []).join('|');
  }
}

/** The labels of all categories, in the scale's order. */
export function categoryLabels(scale: Scale): string[] {
  return Array.from({ length: categoryCount(scale) }, (_, category) => categoryLabel(scale, category));
}

/**
 * The categories as numbers: their own values on a numeric scale, 1…q on an ordered one, and null on
 * scales without order.
 */
export function categoryNumbers(scale: Scale): Float64Array | null {
  switch (scale.kind) {
    case 'numeric':
      return scale.numbers;
    case 'ordered':
      return Float64Array.from(scale.categories, (_, index) => index + 1);
    case 'nominal':
    case 'sets':
      return null;
  }
}
