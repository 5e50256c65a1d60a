/** A class of values from `from` (included) to `to`; the last takes its upper end in. */
export interface HistogramBar {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

const MOST_POINTS = 41;
const MOST_CLASSES = 40;
/** Values closer than this share of themselves are one: their ends could not be told apart in print. */
const NEGLIGIBLE = 1e-9;

/**
 * Counts values. Where they are few distinct ones on an even grid (a rating scale), each point has a bar of its own,
 * centred on it, points that nobody gave with a count of 0; else classes that begin at round values, as wide as
 * Freedman & Diaconis advise, rounded up. Empty without values.
 */
export function histogramOf(values: readonly number[]): readonly HistogramBar[] {
  const sorted = [...values].sort((one, other) => one - other);
  const [low] = sorted;
  const high = sorted.at(-1);
  if (low === undefined || high === undefined) return [];
  const step = stepOf([...new Set(sorted)]);
  if (high - low <= NEGLIGIBLE * Math.max(Math.abs(low), Math.abs(high)))
    return [{ from: low - 0.5, to: low + 0.5, count: sorted.length }];
  if (step !== null && (high - low) / step < MOST_POINTS)
    return counted(sorted, low - step / 2, step, Math.round((high - low) / step) + 1);
  const spread = quantile(sorted, 0.75) - quantile(sorted, 0.25);
  const advised = (2 * spread) / Math.cbrt(sorted.length);
  const width = roundUp(Math.max(advised, (high - low) / MOST_CLASSES));
  const from = Math.floor(low / width) * width;
  return counted(sorted, from, width, Math.floor((high - from) / width) + 1);
}

/** The least of 1, 2, 2.5 and 5 times a power of ten that is not below a width. */
function roundUp(width: number): number {
  const power = 10 ** Math.floor(Math.log10(width));
  return power * ([1, 2, 2.5, 5].find((factor) => factor * power >= width) ?? 10);
}

/** The least difference of two neighbours, where all differences are whole multiples of it. */
function stepOf(distinct: readonly number[]): number | null {
  const differences = distinct.slice(1).map((value, index) => value - (distinct[index] ?? value));
  const least = Math.min(...differences);
  const even = differences.every(
    (difference) => Math.abs(difference / least - Math.round(difference / least)) < 1e-6,
  );
  return even && Number.isFinite(least) ? least : null;
}

function counted(sorted: readonly number[], from: number, width: number, classes: number): HistogramBar[] {
  const counts = new Array<number>(classes).fill(0);
  for (const value of sorted) {
    const place = Math.min(classes - 1, Math.floor((value - from) / width + 1e-9));
    counts[place] = (counts[place] ?? 0) + 1;
  }
  const end = (place: number): number => Number((from + place * width).toPrecision(12));
  return counts.map((count, place) => ({ from: end(place), to: end(place + 1), count }));
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
}
