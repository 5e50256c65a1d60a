import { normalCdf, normalQuantile } from '../distributions/normal.ts';
import { type Generator } from '../random.ts';
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

/** Draws `resamples` samples of units with replacement (Zapf et al. 2016) and evaluates each. */
export function bootstrapUnits(
  statistics: UnitStatistics,
  resamples: number,
  generator: Generator,
): BootstrapDraws {
  const { units, width, offsets, columns, amounts } = statistics;
  const times = new Uint32Array(units);
  const sums = new Float64Array(width);
  const values = new Float64Array(resamples);
  for (let resample = 0; resample < resamples; resample++) {
    times.fill(0);
    for (let draw = 0; draw < units; draw++) {
      const unit = generator.below(units);
      times[unit] = (times[unit] ?? 0) + 1;
    }
    sums.fill(0);
    for (let unit = 0; unit < units; unit++) {
      const weight = times[unit] ?? 0;
      if (weight === 0) continue;
      const end = offsets[unit + 1] ?? 0;
      for (let i = offsets[unit] ?? 0; i < end; i++) {
        const column = columns[i] ?? 0;
        sums[column] = (sums[column] ?? 0) + weight * (amounts[i] ?? 0);
      }
    }
    values[resample] = statistics.evaluate(sums);
  }
  return summariseDraws(values);
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
export function quantileOf(ascending: Float64Array, p: number): number {
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
