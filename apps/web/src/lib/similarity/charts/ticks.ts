/**
 * Round values from `low` to `high`, about `count` of them, for the marks of an axis. Ascending; one where both are equal,
 * none where there is no room for any.
 */
export function ticks(low: number, high: number, count: number): readonly number[] {
  if (count < 1) return [];
  if (!(high > low)) return [low];
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
}

/** A mark’s value as it is written: no more digits than it needs, a true minus. */
export function tickText(value: number): string {
  return String(value).replace('-', '−');
}
