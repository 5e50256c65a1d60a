/**
 * Spearman's ρ many times over on columns of one length: an order is found once by buckets, and any reweighting of
 * the rows (a bootstrap resample) is then one pass along it.
 */

/** Rows of a column in ascending order of their values. */
export class Ordering {
  readonly order: Uint32Array;
  private readonly ends: Uint32Array;
  private readonly bucketOf: Uint32Array;

  constructor(rows: number) {
    this.order = new Uint32Array(rows);
    this.ends = new Uint32Array(rows + 1);
    this.bucketOf = new Uint32Array(rows);
  }

  /** Sorts the rows by `values`; linear where values spread over their range as cosines do. */
  sort(values: Float64Array): void {
    const { order, ends, bucketOf } = this;
    const rows = order.length;
    let low = Infinity;
    let high = -Infinity;
    for (let row = 0; row < rows; row++) {
      const value = values[row] ?? 0;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    const scale = high > low ? (rows - 1) / (high - low) : 0;
    ends.fill(0);
    let fullest = 0;
    for (let row = 0; row < rows; row++) {
      const bucket = ((values[row] ?? 0) - low) * scale;
      const whole = bucket >>> 0;
      bucketOf[row] = whole;
      const count = (ends[whole + 1] ?? 0) + 1;
      ends[whole + 1] = count;
      if (count > fullest) fullest = count;
    }
    if (fullest > CROWDED) {
      for (let row = 0; row < rows; row++) order[row] = row;
      order.sort((one, other) => (values[one] ?? 0) - (values[other] ?? 0));
      return;
    }
    for (let bucket = 1; bucket < rows; bucket++)
      ends[bucket] = (ends[bucket] ?? 0) + (ends[bucket - 1] ?? 0);
    for (let row = 0; row < rows; row++) {
      const bucket = bucketOf[row] ?? 0;
      const at = ends[bucket] ?? 0;
      order[at] = row;
      ends[bucket] = at + 1;
    }
    for (let at = 1; at < rows; at++) {
      const row = order[at] ?? 0;
      const value = values[row] ?? 0;
      let place = at - 1;
      while (place >= 0 && (values[order[place] ?? 0] ?? 0) > value) {
        order[place + 1] = order[place] ?? 0;
        place -= 1;
      }
      order[place + 1] = row;
    }
  }
}

/** Beyond so many rows in one bucket, sorting within buckets by insertion is no longer cheap. */
const CROWDED = 48;

/** Weighted ranks of a column about their mean, and the weighted sum of their squares. */
export interface CentredRanks {
  readonly ranks: Float64Array;
  readonly squares: number;
}

/**
 * Average ranks about their mean. A row of weight w counts as w equal rows, so weights that are counts of a
 * resample give the resample's ranks.
 */
export function centredRanks(
  order: Uint32Array,
  values: Float64Array,
  weights: Float64Array,
  into: Float64Array = new Float64Array(order.length),
): CentredRanks {
  const rows = order.length;
  let total = 0;
  for (let row = 0; row < rows; row++) total += weights[row] ?? 0;
  const middle = (total + 1) / 2;
  let before = 0;
  let squares = 0;
  for (let start = 0; start < rows;) {
    const value = values[order[start] ?? 0];
    let end = start;
    let weight = 0;
    while (end < rows && values[order[end] ?? 0] === value) {
      weight += weights[order[end] ?? 0] ?? 0;
      end += 1;
    }
    const rank = before + (weight + 1) / 2 - middle;
    for (let at = start; at < end; at++) into[order[at] ?? 0] = rank;
    squares += weight * rank * rank;
    before += weight;
    start = end;
  }
  return { ranks: into, squares };
}

/** ρ of a column, given by its order, with ranks made from the same weights; NaN where either is constant. */
export function weightedSpearman(
  order: Uint32Array,
  values: Float64Array,
  weights: Float64Array,
  other: CentredRanks,
  total: number,
): number {
  const rows = order.length;
  const middle = (total + 1) / 2;
  const { ranks } = other;
  let before = 0;
  let squares = 0;
  let products = 0;
  for (let start = 0; start < rows;) {
    const first = order[start] ?? 0;
    const value = values[first];
    let weight = weights[first] ?? 0;
    let along = weight * (ranks[first] ?? 0);
    let end = start + 1;
    while (end < rows) {
      const row = order[end] ?? 0;
      if (values[row] !== value) break;
      const own = weights[row] ?? 0;
      weight += own;
      along += own * (ranks[row] ?? 0);
      end += 1;
    }
    const rank = before + (weight + 1) / 2 - middle;
    squares += weight * rank * rank;
    products += rank * along;
    before += weight;
    start = end;
  }
  const scale = Math.sqrt(squares * other.squares);
  return scale > 0 ? products / scale : NaN;
}
