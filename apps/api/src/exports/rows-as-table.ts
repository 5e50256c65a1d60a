import { tableRow } from '@casebook/corpora';
import type { TableStyle } from '@casebook/corpora';

/** What becomes of text that a spreadsheet would run. */
export type Formulas = NonNullable<TableStyle['formulas']>;

/**
 * Rows as CSV: a header, then a line each. Times are ISO 8601, truth `true` or `false`. What is in `json` is written as
 * JSON whatever it is: an answer may be a string or a number in itself, and must be told from those.
 */
export async function* rowsAsTable<Row extends object, Column extends keyof Row & string>(
  rows: AsyncIterable<Row>,
  columns: readonly Column[],
  json: readonly Column[],
  formulas: Formulas,
): AsyncGenerator<string> {
  const style = { separator: ',', formulas } as const;
  yield tableRow([...columns], style);
  for await (const row of rows) {
    yield tableRow(
      columns.map((column) => cellOf(row[column], json.includes(column))),
      style,
    );
  }
}

function cellOf(value: unknown, isJson: boolean): string | number | null {
  if (value === null) return null;
  if (!isJson && (typeof value === 'string' || typeof value === 'number')) return value;
  return value instanceof Date ? value.toISOString() : JSON.stringify(value);
}
