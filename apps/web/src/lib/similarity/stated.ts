import type { StatedFigure } from '@casebook/agreement';
import type { EstimateShown } from '@casebook/ui';

interface Range {
  readonly low: number;
  readonly high: number;
}

/** A range inside what a report holds of intervals; null where there is none. */
export function rangeIn(held: unknown): Range | null {
  if (typeof held !== 'object' || held === null || !('low' in held) || !('high' in held)) return null;
  const { low, high } = held;
  return typeof low === 'number' && typeof high === 'number' ? { low, high } : null;
}

/** What a report holds under a name, where it is a figure at all. */
export function figureIn(held: unknown): StatedFigure {
  if (typeof held === 'number') return held;
  const reason =
    typeof held === 'object' && held !== null && 'reason' in held
      ? String(held.reason)
      : 'it was not computed';
  return { value: null, reason };
}

/** A figure of a report as charts and tables show it. */
export function estimateOf(
  figure: StatedFigure,
  range: Range | null,
  method: string,
  size: { readonly units: number; readonly ratings: number },
): EstimateShown {
  return typeof figure === 'number'
    ? {
        kind: 'value',
        value: figure,
        interval: range === null ? null : { ...range, level: 0.95, method },
        ...size,
      }
    : { kind: 'undefined', reason: figure.reason };
}

/** A figure in three decimals, or why there is none. */
export function words(figure: StatedFigure, digits = 3): string {
  return typeof figure === 'number'
    ? figure.toFixed(digits).replace('-', '−')
    : `not defined, because ${figure.reason}`;
}
