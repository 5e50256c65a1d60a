/** A figure as it is shown: a value with its interval and what it rests on, or the reason why there is none. */
export type EstimateShown =
  | {
      readonly kind: 'value';
      readonly value: number;
      readonly interval: {
        readonly low: number;
        readonly high: number;
        readonly level: number;
        readonly method: string;
      } | null;
      readonly whyNoInterval?: string | undefined;
      readonly units: number;
      readonly ratings: number;
    }
  | { readonly kind: 'undefined'; readonly reason: string };

/** A figure of agreement in three decimals, with a true minus; the same width for the same magnitude. */
export function figure(value: number): string {
  const rounded = value.toFixed(3);
  return rounded === '-0.000' ? '0.000' : rounded.replace('-', '−');
}

/** `0.61 to 0.84`, in words that a voice reads well. */
export function intervalInWords(interval: { low: number; high: number }): string {
  return `${figure(interval.low)} to ${figure(interval.high)}`;
}

/** `12 units`, `1 unit`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;
}

/**
 * Where a value stands between two ends, in the thousandths that charts draw in; beyond an end it stands on it.
 */
export function positionOf(value: number, low: number, high: number): number {
  return Math.round(1000 * Math.min(1, Math.max(0, (value - low) / (high - low))));
}

/** The shade, 0 to 10, of a value between 0 and 1; what is worse than chance is as pale as chance. */
export function shadeOf(value: number): number {
  return Math.round(10 * Math.min(1, Math.max(0, value)));
}
