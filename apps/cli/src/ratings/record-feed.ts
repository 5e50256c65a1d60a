import { quotedRecord, separatorOf } from '../tables/records.ts';
import { UsageError } from '../usage.ts';

/** Takes the records behind a header, one by one. */
export interface RecordTaker {
  /** A record without quotes: what stands in `text` from `start` up to `end`. */
  plain(text: string, start: number, end: number, line: number): void;
  quoted(cells: readonly string[], line: number): void;
}

/** Cuts a table that comes in pieces into records; only the record that is not yet whole is kept. */
export class RecordFeed {
  private readonly file: string;
  private readonly takerOf: (header: readonly string[], separator: string, line: number) => RecordTaker;
  private taker: RecordTaker | null = null;
  private separator = '';
  private rest = '';
  /** Number of the line on which the next record begins. */
  line = 1;

  constructor(
    file: string,
    takerOf: (header: readonly string[], separator: string, line: number) => RecordTaker,
  ) {
    this.file = file;
    this.takerOf = takerOf;
  }

  feed(piece: string): void {
    this.rest += piece;
    this.rest = this.rest.slice(this.takeRecords(false));
  }

  end(): void {
    this.takeRecords(true);
    if (this.taker === null)
      throw new UsageError(`${this.file}:1:1: the file is empty; expected a header and rows`);
  }

  /** Takes all whole records and returns where the one that is not whole begins. */
  private takeRecords(final: boolean): number {
    const text = this.rest;
    let at = 0;
    let quote = text.indexOf('"');
    while (at < text.length) {
      const found = text.indexOf('\n', at);
      if (found === -1 && !final) break;
      const end = found === -1 ? text.length : found;
      if (this.taker === null) this.separator = separatorOf(text.slice(at, end));
      if (quote !== -1 && quote < at) quote = text.indexOf('"', at);
      if (quote === -1 || quote >= end) {
        this.plain(text, at, text.charCodeAt(end - 1) === 13 && end > at ? end - 1 : end);
        this.line += 1;
        at = end + 1;
        continue;
      }
      const record = quotedRecord(text, at, this.separator);
      if ('open' in record) {
        if (!final) break;
        throw new UsageError(`${this.file}:${this.line}:${record.open}: a quote is never closed; expected "`);
      }
      if (record.end > text.length && !final) break;
      this.quoted(record.cells);
      for (let place = at; place < record.end; place += 1) if (text[place] === '\n') this.line += 1;
      at = record.end;
    }
    return at;
  }

  private plain(text: string, start: number, end: number): void {
    if (this.taker !== null) this.taker.plain(text, start, end, this.line);
    else if (start < end) this.begin(text.slice(start, end).split(this.separator));
  }

  private quoted(cells: readonly string[]): void {
    if (this.taker !== null) this.taker.quoted(cells, this.line);
    else this.begin(cells);
  }

  private begin(cells: readonly string[]): void {
    const header = cells.map((cell) => cell.trim());
    this.taker = this.takerOf(header, this.separator, this.line);
  }
}
