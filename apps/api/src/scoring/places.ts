/** Each row with its place by points: equal points share one, and as many places after it are left out. */
export function withPlaces<Row extends { readonly points: number }>(
  rows: readonly Row[],
): (Row & { readonly place: number })[] {
  const ordered = [...rows].sort((one, other) => other.points - one.points);
  return ordered.map((row) => ({
    ...row,
    place: 1 + ordered.findIndex(({ points }) => points === row.points),
  }));
}
