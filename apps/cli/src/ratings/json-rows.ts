import { UsageError } from '../usage.ts';
import { isKeyColumn, LONG_COLUMNS, type Layout, layoutOf, placeOfColumn } from './layout.ts';
import type { LongRatings } from './long-rows.ts';
import type { RatingTable } from './rating-table.ts';

/** A row with the names of its cells; a null is a missing value. */
type JsonRow = ReadonlyMap<string, unknown>;

/** Where the rows of a JSON text begin, as offsets. */
export interface JsonRows {
  readonly rows: readonly JsonRow[];
  /** `line:column` (columns are characters) of a row by its number, from 0. */
  readonly place: (row: number) => string;
}

/**
 * Rows of a JSON text: an array of objects, an array of arrays (units × coders, the first row a header where it begins
 * with `unit` or `id` or holds the long layout's columns), or an object on each line.
 */
export function jsonRows(text: string, file: string): JsonRows {
  if (text.trimStart().startsWith('{')) return rowsOfLines(text, file);
  const parsed = parsedJson(text, file, 1);
  if (!Array.isArray(parsed))
    throw new UsageError(`${file}:1:1: the JSON is no array; expected an array of rows`);
  const items: readonly unknown[] = parsed;
  const place = (row: number): string => placeOfItem(text, row);
  const refuse = (row: number, why: string): never => {
    throw new UsageError(`${file}:${place(row)}: ${why}`);
  };
  if (!Array.isArray(items[0])) {
    return {
      place,
      rows: items.map((item, row) =>
        isObject(item) ? new Map(Object.entries(item)) : refuse(row, 'this is no object; expected a row'),
      ),
    };
  }
  const first: readonly unknown[] = items[0];
  const names = first.map((cell) => (typeof cell === 'string' ? cell : ''));
  const hasHeader = isKeyColumn(names[0] ?? '') || layoutOf(names) === 'long';
  const header = hasHeader ? names : first.map((_, column) => String(column + 1));
  const from = hasHeader ? 1 : 0;
  return {
    place: (row) => place(row + from),
    rows: items.slice(from).map((item, row) => {
      const cells: readonly unknown[] = Array.isArray(item)
        ? item
        : refuse(row + from, 'this is no array; expected a row as the first');
      if (cells.length !== header.length)
        refuse(row + from, `the row has ${cells.length} values; expected ${header.length}, as in the first`);
      return new Map(header.map((name, column) => [name, cells[column]]));
    }),
  };
}

function rowsOfLines(text: string, file: string): JsonRows {
  const rows: JsonRow[] = [];
  const lines: number[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const item = parsedJson(line, file, index + 1);
    if (!isObject(item))
      throw new UsageError(`${file}:${index + 1}:1: this is no object; expected one on each line`);
    rows.push(new Map(Object.entries(item)));
    lines.push(index + 1);
  }
  return { rows, place: (row) => `${lines[row] ?? 1}:1` };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parsedJson(text: string, file: string, line: number): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const offset = Number(/position (\d+)/u.exec(why)?.[1] ?? 0);
    const [lines, column] = lineAndColumn(text, offset);
    throw new UsageError(`${file}:${line + lines - 1}:${column}: this is no JSON (${why}); expected rows`);
  }
}

function lineAndColumn(text: string, offset: number): [line: number, column: number] {
  const before = text.slice(0, offset).split('\n');
  return [before.length, (before.at(-1)?.length ?? 0) + 1];
}

/** Where an item of the outermost array begins. */
function placeOfItem(text: string, item: number): string {
  let depth = 0;
  let passed = 0;
  let isBetween = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (sign.trim() === '') continue;
    if (isBetween && passed === item) return lineAndColumn(text, at).join(':');
    isBetween = false;
    if (sign === '"') {
      at += 1;
      while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
    } else if (sign === '[' || sign === '{') {
      depth += 1;
      isBetween = depth === 1;
    } else if (sign === ']' || sign === '}') depth -= 1;
    else if (sign === ',' && depth === 1) {
      passed += 1;
      isBetween = true;
    }
  }
  return '1:1';
}

/** Puts JSON rows into a table, by the layout that is given or that the first row's names show. */
export function takeJsonRows(
  { rows }: JsonRows,
  table: RatingTable,
  ratings: LongRatings,
  given: Layout | null,
): Layout {
  const layout = given ?? layoutOf([...(rows[0]?.keys() ?? [])]);
  for (const [row, cells] of rows.entries()) {
    if (layout === 'wide') takeWide(row, cells, table);
    else takeLong(row, cells, table, ratings);
  }
  return layout;
}

function takeWide(row: number, cells: JsonRow, table: RatingTable): void {
  const key = [...cells.keys()].find((name) => isKeyColumn(name));
  const name = key === undefined ? String(row + 1) : textOf(cells.get(key), row, table);
  if (name === '') table.refuse(row, 1, 'the unit has no name; expected one');
  if (table.units.has(name)) table.refuse(row, 1, `the unit ${name} stands here again; expected it once`);
  const unit = table.units.placeOf(name);
  for (const [coder, cell] of cells) {
    if (coder === key || !table.isChosen(coder)) continue;
    const place = table.coders.placeOf(coder);
    const value = table.value(textOf(cell, row, table), row, 1);
    if (value !== null) table.add(unit, place, value);
  }
}

function takeLong(row: number, cells: JsonRow, table: RatingTable, ratings: LongRatings): void {
  const names = [...cells.keys()];
  const cell = (wanted: readonly string[]): unknown => cells.get(names[placeOfColumn(names, wanted)] ?? '');
  const unit = textOf(cell(LONG_COLUMNS.unit), row, table);
  const coder = textOf(cell(LONG_COLUMNS.coder), row, table);
  if (unit === '' || coder === '')
    table.refuse(row, 1, `the row has no ${unit === '' ? 'unit' : 'coder'}; expected unit, coder and value`);
  const value = table.value(textOf(cell(LONG_COLUMNS.value), row, table), row, 1);
  ratings.add(unit, coder, value, textOf(cell(['occasion']), row, table), row);
}

/** A cell as tables write it: lists are sets, `a|b`, and the empty one is `|`. */
function textOf(cell: unknown, row: number, table: RatingTable): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'string') return cell.trim();
  if (typeof cell === 'number' || typeof cell === 'boolean') return String(cell);
  if (!Array.isArray(cell))
    return table.refuse(row, 1, 'a value is an object; expected text, a number or a list');
  const elements: readonly unknown[] = cell;
  table.lists = true;
  const names = elements.map((element) => {
    if ((typeof element !== 'string' && typeof element !== 'number') || String(element).includes('|'))
      return table.refuse(row, 1, 'a set holds something else than names without |; expected names');
    return String(element);
  });
  return names.length === 0 ? '|' : names.join('|');
}
