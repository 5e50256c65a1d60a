import { type UnitStatistics } from './unit-statistics.ts';

/** Units whose rows are the same, by one of them. */
export interface DistinctRows {
  /** A unit of each kind, in the order in which they first appear. */
  readonly example: Uint32Array;
  /** How many units are of that kind. */
  readonly count: Uint32Array;
  /** The kind of every unit. */
  readonly kindOf: Uint32Array;
}

/** Kinds of rows; null as soon as there are more than `most`. */
export function distinctRows(statistics: UnitStatistics, most: number): DistinctRows | null {
  const { units } = statistics;
  const size = 2 ** Math.ceil(Math.log2(4 * most + 2));
  const kindAt = new Int32Array(size).fill(-1);
  const example = new Uint32Array(most);
  const count = new Uint32Array(most);
  const kindOf = new Uint32Array(units);
  let kinds = 0;
  for (let unit = 0; unit < units; unit++) {
    let place = hashOfRow(statistics, unit) & (size - 1);
    for (;;) {
      const kind = kindAt[place] ?? -1;
      if (kind < 0) {
        if (kinds === most) return null;
        kindAt[place] = kinds;
        example[kinds] = unit;
        count[kinds] = 1;
        kindOf[unit] = kinds;
        kinds += 1;
        break;
      }
      if (sameRow(statistics, unit, example[kind] ?? 0)) {
        count[kind] = (count[kind] ?? 0) + 1;
        kindOf[unit] = kind;
        break;
      }
      place = (place + 1) & (size - 1);
    }
  }
  return { example: example.slice(0, kinds), count: count.slice(0, kinds), kindOf };
}

/** Amounts are told apart by a 65,536th, which is enough for a hash. */
function hashOfRow({ offsets, columns, amounts }: UnitStatistics, unit: number): number {
  let hash = 0x811c9dc5;
  const end = offsets[unit + 1] ?? 0;
  for (let i = offsets[unit] ?? 0; i < end; i++) {
    hash = Math.imul(hash ^ (columns[i] ?? 0), 0x01000193);
    hash = Math.imul(hash ^ ((amounts[i] ?? 0) * 65536), 0x01000193);
  }
  return hash ^ (hash >>> 15);
}

function sameRow({ offsets, columns, amounts }: UnitStatistics, unit: number, other: number): boolean {
  const start = offsets[unit] ?? 0;
  const otherStart = offsets[other] ?? 0;
  const length = (offsets[unit + 1] ?? 0) - start;
  if ((offsets[other + 1] ?? 0) - otherStart !== length) return false;
  for (let i = 0; i < length; i++) {
    if (columns[start + i] !== columns[otherStart + i]) return false;
    if (amounts[start + i] !== amounts[otherStart + i]) return false;
  }
  return true;
}
