import { recordsOf, separatorOf, type TableRecord } from '../tables/records.ts';
import { UsageError } from '../usage.ts';

/** A square of agreement weights as a file holds it. */
export interface WeightTable {
  /** The categories of rows and columns, where the file names them. */
  readonly categories: readonly string[] | null;
  readonly weights: readonly (readonly number[])[];
}

/**
 * Reads a square of numbers, with or without a header and a first column of category names. A diagonal of 1 makes them
 * agreement weights; of 0, disagreements d, which become 1 − d / largest d.
 */
export function weightTable(text: string, file: string): WeightTable {
  const records = [...recordsOf(text, separatorOf(text), file)].filter(
    ({ cells }) => cells.length > 1 || cells[0]?.trim() !== '',
  );
  const [head, ...below] = records;
  if (head === undefined)
    throw new UsageError(`${file}:1:1: the file is empty; expected a square of weights`);
  const width = head.cells.length;
  const rowsAreNamed = width === records.length && !isNumber(head.cells[0] ?? '');
  const hasHeader = rowsAreNamed || width === records.length - 1;
  const categories = hasHeader ? head.cells.slice(rowsAreNamed ? 1 : 0).map((name) => name.trim()) : null;
  const rows = (hasHeader ? below : records).map((record, row, { length }) => {
    const name = record.cells[0]?.trim() ?? '';
    if (rowsAreNamed && name !== categories?.[row])
      throw new UsageError(
        `${file}:${record.line}:1: the row is ${name}; expected ${categories?.[row] ?? ''}, as in the header`,
      );
    return weightsOf(record, rowsAreNamed ? 1 : 0, length, file);
  });
  return { categories, weights: agreementWeights(rows, file) };
}

function weightsOf({ cells, line }: TableRecord, from: number, size: number, file: string): number[] {
  if (cells.length - from !== size)
    throw new UsageError(
      `${file}:${line}:1: the row has ${cells.length - from} weights; expected ${size}, as many as there are rows`,
    );
  return cells.slice(from).map((cell, column) => {
    if (!isNumber(cell))
      throw new UsageError(
        `${file}:${line}:${column + from + 1}: “${cell.trim()}” is no weight; expected a number`,
      );
    return Number(cell);
  });
}

function isNumber(text: string): boolean {
  return text.trim() !== '' && Number.isFinite(Number(text));
}

function agreementWeights(
  rows: readonly (readonly number[])[],
  file: string,
): readonly (readonly number[])[] {
  const diagonal = rows.map((row, place) => row[place] ?? NaN);
  if (diagonal.every((weight) => weight === 1)) return rows;
  const largest = Math.max(...rows.flat());
  if (diagonal.every((weight) => weight === 0) && largest > 0)
    return rows.map((row) => row.map((disagreement) => 1 - disagreement / largest));
  throw new UsageError(
    `${file}: the diagonal is ${diagonal.join(', ')}; expected 1 throughout, or 0 for disagreements`,
  );
}
