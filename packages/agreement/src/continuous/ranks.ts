/** Ranks from 1, ties sharing the mean of theirs. */
export function averageRanks(values: ArrayLike<number>): Float64Array {
  // Sorting plain numbers and looking them up is far faster than sorting indices by a comparison of ours.
  const sorted = Float64Array.from(values).sort();
  const rankAt = new Float64Array(sorted.length);
  let start = 0;
  for (let i = 1; i <= sorted.length; i++) {
    if (i < sorted.length && sorted[i] === sorted[start]) continue;
    rankAt.fill((start + 1 + i) / 2, start, i);
    start = i;
  }
  const ranks = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) ranks[i] = rankAt[placeOf(sorted, values[i] ?? 0)] ?? 0;
  return ranks;
}

/** A position at which `value` stands. */
function placeOf(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Sizes of the groups of equal values that have two members or more. */
export function tieGroups(values: ArrayLike<number>): number[] {
  const sorted = Float64Array.from(values).sort();
  const groups: number[] = [];
  let start = 0;
  for (let i = 1; i <= sorted.length; i++) {
    if (i < sorted.length && sorted[i] === sorted[start]) continue;
    if (i - start > 1) groups.push(i - start);
    start = i;
  }
  return groups;
}
