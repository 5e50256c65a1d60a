import { UsageError } from '../usage.ts';

/** Tabs, where the first line has one; commas otherwise. */
export function separatorOf(text: string): ',' | '\t' {
  return text.slice(0, endOfLine(text, 0)).includes('\t') ? '\t' : ',';
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

/** A row as it stands in the file, with the line it begins on. */
export interface TableRecord {
  readonly cells: readonly string[];
  readonly line: number;
}

/** The records of a whole text, header and empty lines included (RFC 4180). */
export function* recordsOf(text: string, separator: string, file: string): Generator<TableRecord> {
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
    const quoted = quotedRecord(text, at, separator);
    if ('open' in quoted) {
      throw new UsageError(`${file}:${line}:${quoted.open}: a quote is never closed; expected "`);
    }
    yield { cells: quoted.cells, line };
    for (let place = at; place < quoted.end; place += 1) if (text[place] === '\n') line += 1;
    at = quoted.end;
  }
}

/** A record with quotes, and where the next begins; or the column (from 1) whose quote the text does not close. */
export type QuotedRecord =
  { readonly cells: readonly string[]; readonly end: number } | { readonly open: number };

/** Reads a record in which cells may hold separators, line ends and doubled quotes. */
export function quotedRecord(text: string, start: number, separator: string): QuotedRecord {
  const cells: string[] = [];
  let at = start;
  for (;;) {
    let cell = '';
    if (text[at] === '"') {
      at += 1;
      for (;;) {
        const end = text.indexOf('"', at);
        if (end === -1) return { open: cells.length + 1 };
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
