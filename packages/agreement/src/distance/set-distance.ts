/** Sizes of two sets and of their intersection. */
export interface SetSizes {
  readonly first: number;
  readonly second: number;
  readonly shared: number;
}

export type SetDistanceName = 'masi' | 'passonneau' | 'jaccard' | 'dice';

/**
 * Distance of two sets from 0 to 1, by their sizes. All four give 0 for equal sets (two empty ones
 * included) and 1 for disjoint ones, but Passonneau's of 2004 takes the empty set for a subset of any other.
 */
export function setDistance(name: SetDistanceName, sizes: SetSizes): number {
  const { first, second, shared } = sizes;
  if (shared === first && shared === second) return 0;
  if (shared === 0 && name !== 'passonneau') return 1;
  switch (name) {
    case 'jaccard':
      return 1 - jaccardIndex(sizes);
    case 'dice':
      return 1 - (2 * shared) / (first + second);
    case 'masi':
      return 1 - jaccardIndex(sizes) * monotonicity(sizes);
    case 'passonneau':
      return 1 - monotonicity(sizes);
  }
}

function jaccardIndex({ first, second, shared }: SetSizes): number {
  return shared / (first + second - shared);
}

/** Of sets that differ: 2/3 where one contains the other, 1/3 where they overlap, otherwise 0. */
function monotonicity({ first, second, shared }: SetSizes): number {
  if (shared === first || shared === second) return 2 / 3;
  return shared > 0 ? 1 / 3 : 0;
}

function sizesOf(a: Iterable<string>, b: Iterable<string>): SetSizes {
  const first = new Set(a);
  const second = new Set(b);
  let shared = 0;
  for (const element of first) if (second.has(element)) shared += 1;
  return { first: first.size, second: second.size, shared };
}

/** MASI distance 1 − J·M (Passonneau 2006) with M = 1, 2/3, 1/3, 0. */
export function masiDistance(a: Iterable<string>, b: Iterable<string>): number {
  return setDistance('masi', sizesOf(a, b));
}

/** Passonneau's distance of 2004: 0 equal, 1/3 subset, 2/3 overlap, 1 disjoint. */
export function passonneauDistance(a: Iterable<string>, b: Iterable<string>): number {
  return setDistance('passonneau', sizesOf(a, b));
}

/** Jaccard distance 1 − |A∩B| / |A∪B|. */
export function jaccardDistance(a: Iterable<string>, b: Iterable<string>): number {
  return setDistance('jaccard', sizesOf(a, b));
}

/** Dice distance 1 − 2|A∩B| / (|A| + |B|). */
export function diceDistance(a: Iterable<string>, b: Iterable<string>): number {
  return setDistance('dice', sizesOf(a, b));
}
