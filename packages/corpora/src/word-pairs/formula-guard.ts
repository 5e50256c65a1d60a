const TRIGGER = /^[=+\-@\t\r']/u;
const GUARDED = /^'[=+\-@\t\r']/u;

/**
 * A text cell that no spreadsheet takes for a formula: what begins with `=`, `+`, `-`, `@`, tab or CR gets a `'`
 * before it, and so does what begins with `'`, so that {@link unguarded} undoes it exactly.
 */
export function guarded(text: string): string {
  return TRIGGER.test(text) ? `'${text}` : text;
}

/** The text that was guarded; other text, `'tis` among it, stays as it is. */
export function unguarded(cell: string): string {
  return GUARDED.test(cell) ? cell.slice(1) : cell;
}
