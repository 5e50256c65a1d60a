import { type UnitCounts } from '../study/unit-counts.ts';
import { type Weights } from '../weights/weights.ts';

/** Weighted agreement within every unit. */
export interface UnitAgreement {
  /** Share of agreeing ordered pairs in each unit; 0 where it has fewer than two ratings. */
  readonly shareOf: Float64Array;
  /** Units with two ratings or more. */
  readonly pairable: number;
  /** Units with one rating or more. */
  readonly rated: number;
  /** Mean share over the pairable units; NaN if there are none. */
  readonly mean: number;
  /** Share among all pairs of all units; NaN if there are none. */
  readonly pooled: number;
}

/** Agreement in each unit: Σ_k r_k (Σ_l w_kl r_l − 1) / (r (r − 1)), Gwet 2014, eq. 2.8. */
export function unitAgreement(counts: UnitCounts, weights: Weights): UnitAgreement {
  const shareOf = new Float64Array(counts.units);
  let pairable = 0;
  let rated = 0;
  let sum = 0;
  let agreeing = 0;
  let pairs = 0;
  for (let unit = 0; unit < counts.units; unit++) {
    const ratings = counts.ratingsOf[unit] ?? 0;
    if (ratings > 0) rated += 1;
    if (ratings < 2) continue;
    const inUnit = agreeingPairs(counts, weights, counts.offsets[unit] ?? 0, counts.offsets[unit + 1] ?? 0);
    const possible = ratings * (ratings - 1);
    const share = inUnit / possible;
    shareOf[unit] = share;
    sum += share;
    agreeing += inUnit;
    pairs += possible;
    pairable += 1;
  }
  return { shareOf, pairable, rated, mean: sum / pairable, pooled: agreeing / pairs };
}

function agreeingPairs(counts: UnitCounts, weights: Weights, start: number, end: number): number {
  let agreeing = 0;
  if (weights.kind === 'identity') {
    for (let i = start; i < end; i++) {
      const count = counts.countOf[i] ?? 0;
      agreeing += count * (count - 1);
    }
    return agreeing;
  }
  const { values, size } = weights;
  for (let i = start; i < end; i++) {
    const row = (counts.categoryOf[i] ?? 0) * size;
    let weighted = -1;
    for (let j = start; j < end; j++) {
      weighted += (values[row + (counts.categoryOf[j] ?? 0)] ?? 0) * (counts.countOf[j] ?? 0);
    }
    agreeing += (counts.countOf[i] ?? 0) * weighted;
  }
  return agreeing;
}
