import { type Study } from '../study/study.ts';
import { studyNumbers } from './paired-numbers.ts';

/** One coder's ratings, units ascending. */
export interface CoderValues {
  readonly units: Uint32Array;
  readonly values: Float64Array;
}

/** The ratings of every coder by unit. */
export function valuesByCoder(study: Study): CoderValues[] {
  const numbers = studyNumbers(study);
  const counts = new Uint32Array(study.coders.length);
  for (const coder of study.coderOf) counts[coder] = (counts[coder] ?? 0) + 1;
  const columns = Array.from(counts, (count) => ({
    units: new Uint32Array(count),
    values: new Float64Array(count),
    filled: 0,
  }));
  for (let unit = 0; unit < study.units.length; unit++) {
    const end = study.offsets[unit + 1] ?? 0;
    for (let i = study.offsets[unit] ?? 0; i < end; i++) {
      const column = columns[study.coderOf[i] ?? 0];
      if (column === undefined) continue;
      column.units[column.filled] = unit;
      column.values[column.filled] = numbers[study.categoryOf[i] ?? 0] ?? 0;
      column.filled += 1;
    }
  }
  return columns;
}

/** Values of two coders on the units that both rated. */
export function sharedValues(a: CoderValues, b: CoderValues): { x: Float64Array; y: Float64Array } {
  const most = Math.min(a.units.length, b.units.length);
  const x = new Float64Array(most);
  const y = new Float64Array(most);
  let shared = 0;
  let i = 0;
  let j = 0;
  while (i < a.units.length && j < b.units.length) {
    const difference = (a.units[i] ?? 0) - (b.units[j] ?? 0);
    if (difference === 0) {
      x[shared] = a.values[i] ?? 0;
      y[shared] = b.values[j] ?? 0;
      shared += 1;
      i += 1;
      j += 1;
    } else if (difference < 0) i += 1;
    else j += 1;
  }
  return { x: x.subarray(0, shared), y: y.subarray(0, shared) };
}

/** Ten shared units where values are missing, two in a complete table. */
export function defaultOverlap(study: Study): number {
  return study.categoryOf.length === study.units.length * study.coders.length ? 2 : 10;
}
