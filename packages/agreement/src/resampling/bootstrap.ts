import { normalCdf, normalQuantile } from '../distributions/normal.ts';
import { type Generator } from '../random.ts';
import { BinomialSampler } from './binomial.ts';
import { type DistinctRows, distinctRows } from './distinct-rows.ts';
import { type UnitStatistics } from './unit-statistics.ts';

export interface BootstrapDraws {
  /** Defined values only, ascending. */
  readonly values: Float64Array;
  readonly mean: number;
  /** Standard deviation of the values, divisor B − 1. */
  readonly se: number;
  /** Resamples in which the coefficient was undefined. */
  readonly undefined: number;
}

/** What a long calculation is told from outside. */
export interface ResamplingControl {
  /** Called now and then with the share of the resamples that is done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
  /** Stops between resamples, throwing the signal's reason. */
  readonly signal?: AbortSignal;
}

/** A resample draws one kind of unit at a time where there are at least so many units to a kind. */
const UNITS_TO_A_KIND = 16;

/** Rows are summed by kind where there are at least so many units to a kind. */
const UNITS_TO_A_SHARED_ROW = 2;

/**
 * Draws `resamples` samples of units with replacement (Zapf et al. 2016) and evaluates each. Units with the same
 * row are of one kind, whose row is added once, as often as the kind was drawn. Where many units are of a kind,
 * how often each is drawn is multinomial and is drawn as such, so that a resample costs as much as there are
 * kinds, not units.
 */
export function bootstrapUnits(
  statistics: UnitStatistics,
  resamples: number,
  generator: Generator,
  control: ResamplingControl = {},
): BootstrapDraws {
  const { units, width } = statistics;
  const kinds = distinctRows(statistics, Math.floor(units / UNITS_TO_A_SHARED_ROW));
  const draw =
    kinds !== null && kinds.example.length * UNITS_TO_A_KIND <= units
      ? kindByKind(kinds, new BinomialSampler(units), generator)
      : unitByUnit(units, kinds, generator);
  const sums = new Float64Array(width);
  const values = new Float64Array(resamples);
  for (let resample = 0; resample < resamples; resample++) {
    control.signal?.throwIfAborted();
    draw.next();
    sums.fill(0);
    addRows(statistics, kinds?.example ?? null, draw.times, sums);
    values[resample] = statistics.evaluate(sums);
    if (resample % 50 === 49) control.onProgress?.((resample + 1) / resamples);
  }
  return summariseDraws(values);
}

/** How often each unit, or each kind of unit, was drawn last. */
interface Resample {
  readonly times: Uint32Array;
  next(): void;
}

function unitByUnit(units: number, kinds: DistinctRows | null, generator: Generator): Resample {
  const times = new Uint32Array(kinds?.example.length ?? units);
  const kindOf = kinds?.kindOf ?? Uint32Array.from({ length: units }, (_, unit) => unit);
  const drawn = new Uint32Array(units);
  return {
    times,
    next() {
      times.fill(0);
      generator.fillBelow(units, drawn);
      for (let draw = 0; draw < units; draw++) {
        const kind = kindOf[drawn[draw] ?? 0] ?? 0;
        times[kind] = (times[kind] ?? 0) + 1;
      }
    },
  };
}

/** A multinomial draw as a chain of binomial ones: each kind among the units of the kinds that are left. */
function kindByKind({ count }: DistinctRows, binomial: BinomialSampler, generator: Generator): Resample {
  const times = new Uint32Array(count.length);
  const units = count.reduce((sum, ofKind) => sum + ofKind, 0);
  return {
    times,
    next() {
      let draws = units;
      let left = units;
      for (let kind = 0; kind < count.length; kind++) {
        const ofKind = count[kind] ?? 0;
        const drawn = binomial.draw(draws, ofKind / left, generator);
        times[kind] = drawn;
        draws -= drawn;
        left -= ofKind;
      }
    },
  };
}

/** Adds row `rows[i]` (row i where `rows` is null) `times[i]` times. */
function addRows(
  { offsets, columns, amounts }: UnitStatistics,
  rows: Uint32Array | null,
  times: Uint32Array,
  sums: Float64Array,
): void {
  for (let i = 0; i < times.length; i++) {
    const weight = times[i] ?? 0;
    if (weight === 0) continue;
    const row = rows === null ? i : (rows[i] ?? 0);
    const end = offsets[row + 1] ?? 0;
    for (let entry = offsets[row] ?? 0; entry < end; entry++) {
      const column = columns[entry] ?? 0;
      sums[column] = (sums[column] ?? 0) + weight * (amounts[entry] ?? 0);
    }
  }
}

export function summariseDraws(drawn: Float64Array): BootstrapDraws {
  const values = drawn.filter((value) => !Number.isNaN(value)).sort();
  let mean = 0;
  for (const value of values) mean += value / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return {
    values,
    mean,
    se: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0,
    undefined: drawn.length - values.length,
  };
}

/** Quantile of ascending values by linear interpolation (type 7 of Hyndman & Fan 1996). */
function quantileOf(ascending: Float64Array, p: number): number {
  const last = ascending.length - 1;
  const position = Math.min(last, Math.max(0, p * last));
  const index = Math.floor(position);
  const here = ascending[index] ?? 0;
  const next = ascending[Math.min(last, index + 1)] ?? here;
  return here + (position - index) * (next - here);
}

export function percentileInterval(draws: BootstrapDraws, level: number): { low: number; high: number } {
  const tail = (1 - level) / 2;
  return { low: quantileOf(draws.values, tail), high: quantileOf(draws.values, 1 - tail) };
}

/**
 * Bias-corrected and accelerated interval (Efron 1987). Draws equal to the value count half. Null where
 * every draw lies on one side of the value, so that the bias cannot be told.
 */
export function bcaInterval(
  draws: BootstrapDraws,
  value: number,
  acceleration: number,
  level: number,
): { low: number; high: number } | null {
  const tolerance = 1e-12 * Math.max(1, Math.abs(value));
  let below = 0;
  let equal = 0;
  for (const draw of draws.values) {
    if (draw < value - tolerance) below += 1;
    else if (draw <= value + tolerance) equal += 1;
  }
  const share = (below + equal / 2) / draws.values.length;
  if (!(share > 0 && share < 1)) return null;
  const bias = normalQuantile(share);
  const shifted = (p: number): number => {
    const z = bias + normalQuantile(p);
    return normalCdf(bias + z / (1 - acceleration * z));
  };
  const tail = (1 - level) / 2;
  return { low: quantileOf(draws.values, shifted(tail)), high: quantileOf(draws.values, shifted(1 - tail)) };
}
