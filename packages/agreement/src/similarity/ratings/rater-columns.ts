import { centredRanks, Ordering, weightedSpearman } from '../model/rank-kernel.ts';
import { type RatingTable } from './rating-table.ts';

/** The pairs that one rater rated, ascending, and his values. */
export interface RaterColumn {
  readonly pairs: Uint32Array;
  readonly values: Float64Array;
}

export function raterColumns({ raters, ratings }: RatingTable): RaterColumn[] {
  return raters.map((_, rater) => {
    const pairs: number[] = [];
    const values: number[] = [];
    for (const [pair, row] of ratings.entries()) {
      const value = row[rater] ?? null;
      if (value === null) continue;
      pairs.push(pair);
      values.push(value);
    }
    return { pairs: Uint32Array.from(pairs), values: Float64Array.from(values) };
  });
}

/** Two columns on the same pairs, made ready for ρ and r under any reweighting of pairs. */
export class SharedColumns {
  readonly pairs: Uint32Array;
  private readonly x: Float64Array;
  private readonly y: Float64Array;
  private readonly orderX: Uint32Array;
  private readonly orderY: Uint32Array;
  private readonly weights: Float64Array;
  private readonly ranks: Float64Array;

  constructor(pairs: Uint32Array, x: Float64Array, y: Float64Array) {
    this.pairs = pairs;
    this.x = x;
    this.y = y;
    const ordering = new Ordering(x.length);
    ordering.sort(x);
    this.orderX = ordering.order.slice();
    ordering.sort(y);
    this.orderY = ordering.order.slice();
    this.weights = new Float64Array(x.length);
    this.ranks = new Float64Array(x.length);
  }

  /** Spearman's ρ with each pair counted as often as `times` says; NaN where undefined. */
  spearman(times: Float64Array): number {
    const total = this.weigh(times);
    const other = centredRanks(this.orderY, this.y, this.weights, this.ranks);
    return weightedSpearman(this.orderX, this.x, this.weights, other, total);
  }

  /** Pearson's r, as {@link spearman}. */
  pearson(times: Float64Array): number {
    const total = this.weigh(times);
    const { x, y, weights } = this;
    let meanX = 0;
    let meanY = 0;
    for (let at = 0; at < x.length; at++) {
      meanX += ((weights[at] ?? 0) * (x[at] ?? 0)) / total;
      meanY += ((weights[at] ?? 0) * (y[at] ?? 0)) / total;
    }
    let squaresX = 0;
    let squaresY = 0;
    let products = 0;
    for (let at = 0; at < x.length; at++) {
      const dx = (x[at] ?? 0) - meanX;
      const dy = (y[at] ?? 0) - meanY;
      const weight = weights[at] ?? 0;
      squaresX += weight * dx * dx;
      squaresY += weight * dy * dy;
      products += weight * dx * dy;
    }
    const scale = Math.sqrt(squaresX * squaresY);
    return scale > 1e-12 ? products / scale : NaN;
  }

  private weigh(times: Float64Array): number {
    let total = 0;
    for (let at = 0; at < this.pairs.length; at++) {
      const weight = times[this.pairs[at] ?? 0] ?? 0;
      this.weights[at] = weight;
      total += weight;
    }
    return total;
  }
}

/** The values of two raters on the pairs that both rated; null for fewer than `least`. */
export function sharedColumns(one: RaterColumn, other: RaterColumn, least: number): SharedColumns | null {
  const pairs: number[] = [];
  const x: number[] = [];
  const y: number[] = [];
  for (let i = 0, j = 0; i < one.pairs.length && j < other.pairs.length;) {
    const difference = (one.pairs[i] ?? 0) - (other.pairs[j] ?? 0);
    if (difference === 0) {
      pairs.push(one.pairs[i] ?? 0);
      x.push(one.values[i] ?? 0);
      y.push(other.values[j] ?? 0);
    }
    if (difference <= 0) i += 1;
    if (difference >= 0) j += 1;
  }
  return pairs.length < Math.max(2, least)
    ? null
    : new SharedColumns(Uint32Array.from(pairs), Float64Array.from(x), Float64Array.from(y));
}
