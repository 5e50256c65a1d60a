/** A place at which two values differ. */
export interface Difference {
  /** The first step in a list of lines is the line, counted from 1: `:3.views.0.value`. */
  readonly path: string;
  readonly one: string;
  readonly other: string;
}

const TOLERANCE = 1e-9;

/** Where two JSON values differ; numbers are equal to 1e-9, of 1 where they are smaller, else of themselves. */
export function differences(one: readonly unknown[], other: readonly unknown[]): Difference[] {
  const found: Difference[] = [];
  for (let line = 0; line < Math.max(one.length, other.length); line++)
    compare(one[line], other[line], `:${line + 1}`, found);
  return found;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

function compare(one: unknown, other: unknown, path: string, found: Difference[]): void {
  if (isObject(one) && isObject(other) && Array.isArray(one) === Array.isArray(other)) {
    for (const key of new Set([...Object.keys(one), ...Object.keys(other)]))
      compare(one[key], other[key], `${path}.${key}`, found);
    return;
  }
  if (typeof one === 'number' && typeof other === 'number') {
    if (Math.abs(one - other) <= TOLERANCE * Math.max(1, Math.abs(one), Math.abs(other))) return;
  } else if (one === other) return;
  found.push({ path, one: shortly(one), other: shortly(other) });
}

function shortly(value: unknown): string {
  if (value === undefined) return 'absent';
  const text = JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}
