import {
  type DefinedEstimate,
  definedEstimate,
  type UndefinedEstimate,
  undefinedEstimate,
  type Usage,
} from '../estimate.ts';
import { type Study } from '../study/study.ts';
import { type CoderValues, defaultOverlap, sharedValues, valuesByCoder } from './coder-values.ts';
import { correlationOf } from './moments.ts';
import { studyNumbers } from './paired-numbers.ts';
import { averageRanks } from './ranks.ts';

export interface InterCoderOptions {
  /** Spearman unless stated. */
  readonly correlation?: 'spearman' | 'pearson';
  /** Fewest shared units of a correlation that counts: 10 where values are missing, 2 otherwise. */
  readonly minimumOverlap?: number;
}

/** A mean of correlations and how far they spread. */
export interface DefinedMeanCorrelation extends DefinedEstimate {
  readonly spread: {
    readonly count: number;
    /** Standard deviation, divisor `count` − 1; null for a single correlation. */
    readonly sd: number | null;
    readonly min: number;
    readonly max: number;
  };
}

export type MeanCorrelation = DefinedMeanCorrelation | UndefinedEstimate;

/**
 * Average pairwise inter-annotator agreement (APIAA): the mean, over pairs of coders, of the correlation on the
 * units that both rated. Pairs with too few shared units, or with a constant coder, are left out.
 */
export function apiaa(study: Study, options: InterCoderOptions = {}): MeanCorrelation {
  const overlap = options.minimumOverlap ?? defaultOverlap(study);
  const columns = valuesByCoder(study);
  const correlations: number[] = [];
  for (const [index, first] of columns.entries()) {
    for (const second of columns.slice(index + 1)) {
      const { x, y } = sharedValues(first, second);
      const r = x.length < overlap ? null : correlate(x, y, options);
      if (r !== null) correlations.push(r);
    }
  }
  return meanOf(
    'apiaa',
    `pairs of coders with ${overlap} shared units or more`,
    correlations,
    study,
    options,
    `no two coders share ${overlap} units on which both vary`,
  );
}

/**
 * Average mean inter-annotator agreement (AMIAA): the mean, over coders, of the correlation between a coder and
 * the mean of the other coders, on the units that he and at least one other rated.
 */
export function amiaa(study: Study, options: InterCoderOptions = {}): MeanCorrelation {
  const overlap = options.minimumOverlap ?? defaultOverlap(study);
  const sums = unitSums(study);
  const correlations: number[] = [];
  for (const column of valuesByCoder(study)) {
    const { x, y } = againstOthers(column, sums);
    const r = x.length < overlap ? null : correlate(x, y, options);
    if (r !== null) correlations.push(r);
  }
  return meanOf(
    'amiaa',
    `coders against the mean of the others on ${overlap} units or more`,
    correlations,
    study,
    options,
    `no coder shares ${overlap} units with the others on which both vary`,
  );
}

function correlate(x: Float64Array, y: Float64Array, options: InterCoderOptions): number | null {
  if (x.length < 2) return null;
  return options.correlation === 'pearson'
    ? correlationOf(x, y)
    : correlationOf(averageRanks(x), averageRanks(y));
}

interface UnitSums {
  readonly sums: Float64Array;
  readonly counts: Uint32Array;
}

function unitSums(study: Study): UnitSums {
  const numbers = studyNumbers(study);
  const sums = new Float64Array(study.units.length);
  const counts = new Uint32Array(study.units.length);
  for (let unit = 0; unit < study.units.length; unit++) {
    const start = study.offsets[unit] ?? 0;
    const end = study.offsets[unit + 1] ?? 0;
    let sum = 0;
    for (let i = start; i < end; i++) sum += numbers[study.categoryOf[i] ?? 0] ?? 0;
    sums[unit] = sum;
    counts[unit] = end - start;
  }
  return { sums, counts };
}

function againstOthers(
  column: CoderValues,
  { sums, counts }: UnitSums,
): { x: Float64Array; y: Float64Array } {
  const x = new Float64Array(column.units.length);
  const y = new Float64Array(column.units.length);
  let compared = 0;
  for (let i = 0; i < column.units.length; i++) {
    const unit = column.units[i] ?? 0;
    const others = (counts[unit] ?? 0) - 1;
    if (others < 1) continue;
    const own = column.values[i] ?? 0;
    x[compared] = own;
    y[compared] = ((sums[unit] ?? 0) - own) / others;
    compared += 1;
  }
  return { x: x.subarray(0, compared), y: y.subarray(0, compared) };
}

function meanOf(
  measure: string,
  what: string,
  correlations: readonly number[],
  study: Study,
  options: InterCoderOptions,
  nothing: string,
): MeanCorrelation {
  const convention = `${options.correlation ?? 'spearman'}, ${what}`;
  const used: Usage = {
    units: study.units.length,
    coders: study.coders.length,
    ratings: study.categoryOf.length,
    dropped: { units: 0, coders: 0, ratings: 0 },
  };
  const count = correlations.length;
  if (count === 0) return undefinedEstimate(measure, convention, nothing, used);
  const value = correlations.reduce((sum, r) => sum + r, 0) / count;
  const squares = correlations.reduce((sum, r) => sum + (r - value) ** 2, 0);
  return {
    ...definedEstimate({ measure, convention, value, used }),
    spread: {
      count,
      sd: count > 1 ? Math.sqrt(squares / (count - 1)) : null,
      min: Math.min(...correlations),
      max: Math.max(...correlations),
    },
  };
}
