import { type UnitCounts } from '../study/unit-counts.ts';

/** The counts of one category against all others: category 0 is the rest, 1 the category. */
export function oneVersusRest(counts: UnitCounts, category: number): UnitCounts {
  const offsets = new Uint32Array(counts.units + 1);
  const categoryOf: Uint32Array = new Uint32Array(2 * counts.units);
  const countOf: Uint32Array = new Uint32Array(2 * counts.units);
  let next = 0;
  for (let unit = 0; unit < counts.units; unit++) {
    const end = counts.offsets[unit + 1] ?? 0;
    let own = 0;
    for (let i = counts.offsets[unit] ?? 0; i < end; i++) {
      if (counts.categoryOf[i] === category) own = counts.countOf[i] ?? 0;
    }
    const rest = (counts.ratingsOf[unit] ?? 0) - own;
    for (const [index, count] of [rest, own].entries()) {
      if (count === 0) continue;
      categoryOf[next] = index;
      countOf[next] = count;
      next += 1;
    }
    offsets[unit + 1] = next;
  }
  return {
    scale: { kind: 'nominal', categories: ['rest', 'category'] },
    units: counts.units,
    coders: counts.coders,
    silentCoders: counts.silentCoders ?? 0,
    offsets,
    categoryOf: categoryOf.slice(0, next),
    countOf: countOf.slice(0, next),
    ratingsOf: counts.ratingsOf,
  };
}
