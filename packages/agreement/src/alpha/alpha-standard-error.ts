import { type StandardError } from '../inference/finish-estimate.ts';
import { type AlphaParts } from './krippendorffs-alpha.ts';

/** Sum over a unit's ratings of the mean distance of each from all pairable ratings. */
function distanceFromAll(parts: AlphaParts, means: Float64Array, unit: number): number {
  const { counts } = parts;
  const end = counts.offsets[unit + 1] ?? 0;
  let sum = 0;
  for (let i = counts.offsets[unit] ?? 0; i < end; i++) {
    sum += (counts.countOf[i] ?? 0) * (means[counts.categoryOf[i] ?? 0] ?? 0);
  }
  return sum;
}

/**
 * Gwet 2014, ch. 5, as irrCAC 1.4 computes it for raw ratings, written with distances instead of weights. It
 * is that of 1 − (within/ratings)/(between/ratings²), without alpha's small-sample term.
 */
export function alphaStandardError(parts: AlphaParts): StandardError | null {
  const { counts, ratings, pairable: n, prepared } = parts;
  if (n < 2) return null;
  const mean = ratings / n;
  const observed = parts.within / ratings;
  const expected = parts.between / (ratings * ratings);
  const alpha = 1 - observed / expected;
  const means = prepared.meanDistances();
  let squares = 0;
  for (let unit = 0; unit < counts.units; unit++) {
    const m = counts.ratingsOf[unit] ?? 0;
    if (m < 2) continue;
    const start = counts.offsets[unit] ?? 0;
    const inUnit = prepared.within(counts, start, counts.offsets[unit + 1] ?? 0, m) / (mean * (m - 1));
    const excess = (m - mean) / mean;
    const towardsAll = expected * (1 + excess) - distanceFromAll(parts, means, unit) / mean;
    const contribution =
      1 + (observed * excess - inUnit) / expected - (2 * (1 - alpha) * towardsAll) / expected;
    squares += (contribution - alpha) ** 2;
  }
  return { se: Math.sqrt(squares / (n * (n - 1))), df: parts.rated - 1, units: n };
}

/**
 * The infinitesimal jackknife of 1 − (within/ratings)/(between/ratings²): differentiated by the weight of every
 * unit, the change of a metric that depends on the sample included. For a fixed metric it equals
 * {@link alphaStandardError}.
 */
export function linearisedAlphaStandardError(parts: AlphaParts): StandardError | null {
  const { counts, ratings, pairable: n, prepared, within, between, kernel } = parts;
  if (n < 2) return null;
  const means = prepared.meanDistances();
  const gradient = kernel.metricGradient?.(counts, parts.totals, ratings);
  let squares = 0;
  for (let unit = 0; unit < counts.units; unit++) {
    const m = counts.ratingsOf[unit] ?? 0;
    if (m < 2) continue;
    const start = counts.offsets[unit] ?? 0;
    const end = counts.offsets[unit + 1] ?? 0;
    let towardsWithin = prepared.within(counts, start, end, m) / (m - 1);
    let towardsBetween = 2 * ratings * distanceFromAll(parts, means, unit);
    if (gradient !== undefined) {
      for (let i = start; i < end; i++) {
        const category = counts.categoryOf[i] ?? 0;
        towardsWithin += (counts.countOf[i] ?? 0) * (gradient.within[category] ?? 0);
        towardsBetween += (counts.countOf[i] ?? 0) * (gradient.between[category] ?? 0);
      }
    }
    const influence =
      (m * within + ratings * towardsWithin) / between -
      (ratings * within * towardsBetween) / (between * between);
    squares += influence * influence;
  }
  return { se: Math.sqrt((squares * n) / (n - 1)), df: parts.rated - 1, units: n };
}

/**
 * The formula of irrCAC 1.4 for tables of units × categories (`krippen.alpha.dist`), which leaves out the
 * factor 2 of the chance term and so differs from its own formula for raw ratings on the same data. It is
 * here to reproduce published figures only.
 */
export function distributionAlphaStandardError(parts: AlphaParts): StandardError | null {
  const { counts, ratings, pairable: n, prepared } = parts;
  if (n < 2) return null;
  const mean = ratings / n;
  const observed = parts.within / ratings;
  const expected = parts.between / (ratings * ratings);
  const share = 1 - 1 / ratings;
  const alpha = 1 - (share * observed) / expected;
  const means = prepared.meanDistances();
  let squares = 0;
  for (let unit = 0; unit < counts.units; unit++) {
    const m = counts.ratingsOf[unit] ?? 0;
    if (m < 2) continue;
    const start = counts.offsets[unit] ?? 0;
    const inUnit = prepared.within(counts, start, counts.offsets[unit + 1] ?? 0, m) / (mean * (m - 1));
    const excess = (m - mean) / mean;
    const agreement = expected - share * (inUnit - observed * excess);
    const towardsAll = expected - distanceFromAll(parts, means, unit) / mean;
    squares += ((agreement - (1 - alpha) * towardsAll) / expected - alpha) ** 2;
  }
  return { se: Math.sqrt(squares / (n * (n - 1))), df: parts.rated - 1, units: n };
}
