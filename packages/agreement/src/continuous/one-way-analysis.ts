import { type Usage } from '../estimate.ts';
import { type UnitStatistics, UnitStatisticsBuilder } from '../resampling/unit-statistics.ts';
import { ratingCoders } from '../study/select.ts';
import { type Study } from '../study/study.ts';
import { withoutRounding } from './mean-squares.ts';
import { studyNumbers } from './paired-numbers.ts';

/** Analysis of variance with units as groups. */
export interface OneWay {
  readonly units: number;
  /** Ratings a unit; k₀ where the numbers are unequal. */
  readonly k: number;
  /** Mean squares. */
  readonly between: number;
  readonly within: number;
  readonly dfWithin: number;
  readonly convention: string;
  readonly used: Usage;
}

export function oneWayAnalysis(study: Study, which: 'all' | 'complete'): OneWay {
  const numbers = studyNumbers(study);
  const rating = ratingCoders(study).length;
  const least = which === 'complete' ? rating : 1;
  const sizes: number[] = [];
  const means: number[] = [];
  let squaresWithin = 0;
  let total = 0;
  let ratings = 0;
  let valueSquares = 0;
  for (let unit = 0; unit < study.units.length; unit++) {
    const start = study.offsets[unit] ?? 0;
    const end = study.offsets[unit + 1] ?? 0;
    const size = end - start;
    if (size < least) continue;
    let sum = 0;
    for (let i = start; i < end; i++) sum += numbers[study.categoryOf[i] ?? 0] ?? 0;
    const mean = sum / size;
    valueSquares += mean * mean * size;
    for (let i = start; i < end; i++) squaresWithin += ((numbers[study.categoryOf[i] ?? 0] ?? 0) - mean) ** 2;
    sizes.push(size);
    means.push(mean);
    total += sum;
    ratings += size;
  }
  const units = sizes.length;
  const grand = total / ratings;
  let squaresBetween = 0;
  let sizeSquares = 0;
  for (const [index, size] of sizes.entries()) {
    squaresBetween += size * ((means[index] ?? 0) - grand) ** 2;
    sizeSquares += size * size;
  }
  return {
    units,
    k: (ratings - sizeSquares / ratings) / (units - 1),
    between: withoutRounding(squaresBetween, valueSquares) / (units - 1),
    within: withoutRounding(squaresWithin, valueSquares) / (ratings - units),
    dfWithin: ratings - units,
    convention: which === 'all' ? 'all ratings, k₀ for unequal numbers' : 'units rated by all coders',
    used: {
      units,
      coders: rating,
      ratings,
      dropped: {
        units: study.units.length - units,
        coders: study.coders.length - rating,
        ratings: study.categoryOf.length - ratings,
      },
    },
  };
}

/** ICC(1) or ICC(1,k) of an analysis; NaN where it is undefined. */
export function oneWayValue(
  form: 'icc1' | 'icc1k',
  { between, within, k }: Pick<OneWay, 'between' | 'within' | 'k'>,
): number {
  const denominator = form === 'icc1k' ? between : between + (k - 1) * within;
  return denominator > 0 ? (between - within) / denominator : NaN;
}

/** Columns: 1, ratings, ratings squared, Σ x², T²/ratings, T; x from the grand mean, T their sum in the unit. */
export function oneWayStatistics(
  study: Study,
  which: 'all' | 'complete',
  form: 'icc1' | 'icc1k',
): UnitStatistics {
  const numbers = studyNumbers(study);
  const least = which === 'complete' ? ratingCoders(study).length : 1;
  const rows = new UnitStatisticsBuilder(study.units.length, 6 * study.units.length);
  const origin =
    study.categoryOf.reduce((sum, category) => sum + (numbers[category] ?? 0), 0) / study.categoryOf.length;
  for (let unit = 0; unit < study.units.length; unit++) {
    const start = study.offsets[unit] ?? 0;
    const end = study.offsets[unit + 1] ?? 0;
    const size = end - start;
    if (size < least) continue;
    let sum = 0;
    let squares = 0;
    for (let i = start; i < end; i++) {
      const value = (numbers[study.categoryOf[i] ?? 0] ?? 0) - origin;
      sum += value;
      squares += value * value;
    }
    for (const [column, amount] of [1, size, size * size, squares, (sum * sum) / size, sum].entries()) {
      rows.add(column, amount);
    }
    rows.endUnit();
  }
  return rows.finish(6, ([units = 0, ratings = 0, sizeSquares = 0, squares = 0, ofMeans = 0, total = 0]) =>
    ratings > units
      ? oneWayValue(form, {
          k: (ratings - sizeSquares / ratings) / (units - 1),
          between: (ofMeans - (total * total) / ratings) / (units - 1),
          within: Math.max(0, squares - ofMeans) / (ratings - units),
        })
      : NaN,
  );
}
