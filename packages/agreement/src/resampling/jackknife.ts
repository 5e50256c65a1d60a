import { totalsOf, type UnitStatistics } from './unit-statistics.ts';

/** The coefficient without each unit in turn; NaN where it is then undefined. */
function leaveOneOut(statistics: UnitStatistics): Float64Array {
  const totals = totalsOf(statistics);
  const without = Float64Array.from(totals);
  const values = new Float64Array(statistics.units);
  const { offsets, columns, amounts } = statistics;
  for (let unit = 0; unit < statistics.units; unit++) {
    const start = offsets[unit] ?? 0;
    const end = offsets[unit + 1] ?? 0;
    for (let i = start; i < end; i++) {
      const column = columns[i] ?? 0;
      without[column] = (without[column] ?? 0) - (amounts[i] ?? 0);
    }
    values[unit] = statistics.evaluate(without);
    // Restored from the totals, so that rounding does not build up.
    for (let i = start; i < end; i++) {
      const column = columns[i] ?? 0;
      without[column] = totals[column] ?? 0;
    }
  }
  return values;
}

export type Jackknife =
  | { readonly kind: 'defined'; readonly se: number; readonly acceleration: number }
  | { readonly kind: 'undefined'; readonly reason: string };

/** Jackknife standard error √((n−1)/n · Σ(θᵢ − θ̄)²) and the acceleration of BCa (Efron 1987). */
export function jackknife(statistics: UnitStatistics): Jackknife {
  return jackknifeOfValues(leaveOneOut(statistics));
}

function jackknifeOfValues(values: Float64Array): Jackknife {
  const n = values.length;
  if (n < 2) return { kind: 'undefined', reason: 'the jackknife needs at least two units' };
  let mean = 0;
  for (const value of values) {
    if (Number.isNaN(value)) {
      return { kind: 'undefined', reason: 'the value is undefined without one of the units' };
    }
    mean += value / n;
  }
  let squares = 0;
  let cubes = 0;
  for (const value of values) {
    const difference = mean - value;
    squares += difference * difference;
    cubes += difference * difference * difference;
  }
  return {
    kind: 'defined',
    se: Math.sqrt(((n - 1) / n) * squares),
    acceleration: squares === 0 ? 0 : cubes / (6 * squares ** 1.5),
  };
}
