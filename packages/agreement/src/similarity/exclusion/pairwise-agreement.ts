import { raterColumns, sharedColumns } from '../ratings/rater-columns.ts';
import { type RatingTable } from '../ratings/rating-table.ts';

/** Spearman of every two raters with enough shared pairs; NaN elsewhere. Symmetric, row by row. */
export class PairwiseAgreement {
  readonly raters: number;
  private readonly correlations: Float64Array;

  constructor(table: RatingTable, leastShared: number) {
    const columns = raterColumns(table);
    const once = new Float64Array(table.pairs.length).fill(1);
    this.raters = columns.length;
    this.correlations = new Float64Array(this.raters ** 2).fill(NaN);
    for (const [one, own] of columns.entries()) {
      for (let other = one + 1; other < columns.length; other++) {
        const theirs = columns[other];
        const shared = theirs === undefined ? null : sharedColumns(own, theirs, leastShared);
        if (shared === null) continue;
        const rho = shared.spearman(once);
        this.correlations[one * this.raters + other] = rho;
        this.correlations[other * this.raters + one] = rho;
      }
    }
  }

  /** A rater's mean correlation with the others that are kept; null where there is none. */
  meanOf(rater: number, dropped: ReadonlySet<number> = new Set()): number | null {
    let sum = 0;
    let count = 0;
    for (let other = 0; other < this.raters; other++) {
      const rho = this.correlations[rater * this.raters + other] ?? NaN;
      if (dropped.has(other) || Number.isNaN(rho)) continue;
      sum += rho;
      count += 1;
    }
    return count === 0 ? null : sum / count;
  }

  /** Mean over all twos of raters that are kept: APIAA. */
  meanOfAll(dropped: ReadonlySet<number> = new Set()): number | null {
    let sum = 0;
    let count = 0;
    for (let one = 0; one < this.raters; one++) {
      if (dropped.has(one)) continue;
      for (let other = one + 1; other < this.raters; other++) {
        const rho = this.correlations[one * this.raters + other] ?? NaN;
        if (dropped.has(other) || Number.isNaN(rho)) continue;
        sum += rho;
        count += 1;
      }
    }
    return count === 0 ? null : sum / count;
  }
}
