import { UsageError } from '../usage.ts';
import { recordsOf, separatorOf } from './records.ts';

/** Columns of numbers, rows in which one of them is empty left out. */
export interface NumberColumns {
  /** In the order in which they were asked for. */
  readonly columns: readonly Float64Array[];
  readonly rows: number;
  /** Rows that were left out. */
  readonly dropped: number;
}

/** Reads columns by their names in the header: as written, or in other case where only one column has that name. */
export function numberColumns(text: string, file: string, names: readonly string[]): NumberColumns {
  const records = recordsOf(text, separatorOf(text), file);
  const first = records.next();
  if (first.done === true) throw new UsageError(`${file}:1:1: the file is empty; expected a header`);
  const header = first.value.cells.map((cell) => cell.trim());
  const places = names.map((name) => placeOf(name, header, file));
  const kept: number[][] = names.map(() => []);
  let rows = 0;
  let dropped = 0;
  for (const { cells, line } of records) {
    if (cells.length === 1 && cells[0]?.trim() === '') continue;
    if (cells.length !== header.length)
      throw new UsageError(
        `${file}:${line}:1: the row has ${cells.length} columns; expected ${header.length}, as in the header`,
      );
    rows += 1;
    const figures = places.map((place) => {
      const cell = cells[place]?.trim() ?? '';
      const figure = cell === '' ? NaN : Number(cell);
      if (cell !== '' && !Number.isFinite(figure))
        throw new UsageError(
          `${file}:${line}:${place + 1}: “${cell}” is no number; expected one (an empty cell is missing)`,
        );
      return figure;
    });
    if (figures.some((figure) => Number.isNaN(figure))) {
      dropped += 1;
      continue;
    }
    for (const [column, figure] of figures.entries()) kept[column]?.push(figure);
  }
  return { columns: kept.map((column) => Float64Array.from(column)), rows, dropped };
}

function placeOf(name: string, header: readonly string[], file: string): number {
  const same = header.flatMap((word, place) => (word === name ? [place] : []));
  const alike = header.flatMap((word, place) => (word.toLowerCase() === name.toLowerCase() ? [place] : []));
  const [place, second] = same.length > 0 ? same : alike;
  if (place === undefined)
    throw new UsageError(`${file}:1:1: the header has no column ${name}; it has ${header.join(', ')}`);
  if (second !== undefined)
    throw new UsageError(`${file}:1:${second + 1}: the header has ${name} twice; expected it once`);
  return place;
}
