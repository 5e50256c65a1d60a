const WITH_POINT = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/u;
const WITH_COMMA = /^[+-]?\d+,\d+$/u;
const MISSING = new Set(['', 'na', 'n/a', 'nan', 'null', 'none', '-', '.', '?']);

/** Whether a cell says that there is no value. */
export function isMissing(cell: string): boolean {
  return MISSING.has(cell.trim().toLowerCase());
}

/** Whether a cell is a number with a decimal comma (`3,5`). */
export function hasDecimalComma(cell: string): boolean {
  return WITH_COMMA.test(cell.trim());
}

/** The number that a cell writes, finite; null for anything else. */
export function numberOf(cell: string, decimal: '.' | ','): number | null {
  const text = cell.trim();
  const written = decimal === ',' && WITH_COMMA.test(text) ? text.replace(',', '.') : text;
  if (!WITH_POINT.test(written)) return null;
  const value = Number(written);
  return Number.isFinite(value) ? value : null;
}
