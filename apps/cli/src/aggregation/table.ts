import { createReadStream } from 'node:fs';
import type { Terminal } from '../usage.ts';
import { UsageError } from '../usage.ts';

/** A row of a table, by the names that were asked for, with the line it begins on. */
export interface Row<Name extends string> {
  readonly line: number;
  readonly cells: Readonly<Record<Name, string>>;
}

/** Which column a name may stand for: the first of these words that the header has. */
export type Columns<Name extends string> = Readonly<
  Record<Name, { readonly words: readonly string[]; readonly optional?: boolean }>
>;

/** The whole of a file, or of stdin for `-`, as text. */
export async function readText(path: string, { stdin }: Terminal): Promise<string> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of path === '-' ? stdin : createReadStream(path)) {
      chunks.push(Buffer.from(chunk as Uint8Array));
    }
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UsageError(`${path}: the file can't be read (${why}); expected a file or - for stdin`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new UsageError(`${nameOf(path)}: the file is not UTF-8; expected text in UTF-8`);
  }
}

export function nameOf(path: string): string {
  return path === '-' ? 'stdin' : path;
}

/**
 * Reads a comma- or tab-separated table with a header (RFC 4180 quotes). Columns are found by name, in any order and
 * case; missing ones that are not optional, and rows of another width, are refused with their place.
 */
export function* readTable<Name extends string>(
  text: string,
  file: string,
  columns: Columns<Name>,
): Generator<Row<Name>> {
  const separator = text.slice(0, endOfLine(text, 0)).includes('\t') ? '\t' : ',';
  const records = recordsOf(text, separator, file);
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

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

interface Record_ {
  readonly cells: string[];
  readonly line: number;
}

function* recordsOf(text: string, separator: string, file: string): Generator<Record_> {
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  let line = 1;
  while (at < text.length) {
    const end = endOfLine(text, at);
    const plain = text.slice(at, end);
    if (!plain.includes('"')) {
      yield { cells: (plain.endsWith('\r') ? plain.slice(0, -1) : plain).split(separator), line };
      at = end + 1;
      line += 1;
      continue;
    }
    const quoted = quotedRecord(text, at, separator, file, line);
    yield { cells: quoted.cells, line };
    for (let place = at; place < quoted.end; place += 1) if (text[place] === '\n') line += 1;
    at = quoted.end;
  }
}

/** A record with quotes: cells may hold separators, line ends and doubled quotes. */
function quotedRecord(
  text: string,
  start: number,
  separator: string,
  file: string,
  line: number,
): { cells: string[]; end: number } {
  const cells: string[] = [];
  let at = start;
  for (;;) {
    let cell = '';
    if (text[at] === '"') {
      at += 1;
      for (;;) {
        const end = text.indexOf('"', at);
        if (end === -1)
          throw new UsageError(`${file}:${line}:${cells.length + 1}: a quote is never closed; expected "`);
        cell += text.slice(at, end);
        at = end + 1;
        if (text[at] !== '"') break;
        cell += '"';
        at += 1;
      }
    }
    while (at < text.length && text[at] !== separator && text[at] !== '\n') {
      if (text[at] !== '\r' || text[at + 1] !== '\n') cell += text[at] ?? '';
      at += 1;
    }
    cells.push(cell);
    const ended = at >= text.length || text[at] === '\n';
    at += 1;
    if (ended) return { cells, end: at };
  }
}
