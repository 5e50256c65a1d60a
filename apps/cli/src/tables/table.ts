import { UsageError } from '../usage.ts';
import { recordsOf, separatorOf } from './records.ts';

/** A row of a table, by the names that were asked for, with the line it begins on. */
export interface Row<Name extends string> {
  readonly line: number;
  readonly cells: Readonly<Record<Name, string>>;
}

/** Which column a name may stand for: the first of these words that the header has. */
export type Columns<Name extends string> = Readonly<
  Record<Name, { readonly words: readonly string[]; readonly optional?: boolean }>
>;

/**
 * Reads a comma- or tab-separated table with a header (RFC 4180 quotes). Columns are found by name, in any order and
 * case; missing ones that are not optional, and rows of another width, are refused with their place.
 */
export function* readTable<Name extends string>(
  text: string,
  file: string,
  columns: Columns<Name>,
): Generator<Row<Name>> {
  const records = recordsOf(text, separatorOf(text), file);
  const first = records.next();
  if (first.done === true) throw new UsageError(`${file}:1:1: the file is empty; expected a header`);
  const header = first.value.cells.map((cell) => cell.trim().toLowerCase());
  const names = Object.keys(columns) as Name[];
  const places = names.map((name) => {
    const place = header.findIndex((word) => columns[name].words.includes(word));
    if (place === -1 && columns[name].optional !== true) {
      const wanted = columns[name].words.map((word) => `“${word}”`).join(' or ');
      throw new UsageError(`${file}:1:1: the header has no column ${wanted}; it has ${header.join(', ')}`);
    }
    return place;
  });
  for (const { cells, line } of records) {
    if (cells.length === 1 && cells[0]?.trim() === '') continue;
    if (cells.length !== header.length) {
      throw new UsageError(
        `${file}:${line}:1: the row has ${cells.length} columns; expected ${header.length}, as in the header`,
      );
    }
    const row = {} as Record<Name, string>;
    for (const [at, name] of names.entries()) {
      const cell = cells[places[at] ?? -1]?.trim() ?? '';
      if (cell === '' && columns[name].optional !== true) {
        throw new UsageError(
          `${file}:${line}:${(places[at] ?? 0) + 1}: the column “${header[places[at] ?? 0] ?? ''}” is empty; expected a value`,
        );
      }
      row[name] = cell;
    }
    yield { line, cells: row };
  }
}
