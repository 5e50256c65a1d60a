import { nameOf, textPieces } from '../tables/read-text.ts';
import type { Terminal } from '../usage.ts';
import { jsonRows, takeJsonRows } from './json-rows.ts';
import { type Layout, layoutOf } from './layout.ts';
import { LongRatings, LongRows, type Occasions } from './long-rows.ts';
import { type RatingChoice, RatingTable } from './rating-table.ts';
import { RecordFeed, type RecordTaker } from './record-feed.ts';
import { WideRows } from './wide-rows.ts';

export interface RatingsRequest extends RatingChoice, Occasions {
  /** - is stdin. */
  readonly file: string;
  /** By the header where null. */
  readonly layout: Layout | null;
}

export interface Ratings {
  readonly layout: Layout;
  readonly table: RatingTable;
}

/** Reads ratings from a table separated by commas or tabs, or from JSON rows; a table is never held as a whole. */
export async function readRatings(request: RatingsRequest, terminal: Terminal): Promise<Ratings> {
  const pieces = textPieces(request.file, terminal);
  let begin = '';
  while (begin.trim() === '') {
    const next = await pieces.next();
    if (next.done === true) break;
    begin += next.value;
  }
  const file = nameOf(request.file);
  if (!/^\s*[[{]/u.test(begin)) return ratingsOfTable(begin, pieces, file, request);
  const parts = [begin];
  for await (const piece of pieces) parts.push(piece);
  return ratingsOfJson(parts.join(''), file, request);
}

async function ratingsOfTable(
  begin: string,
  pieces: AsyncIterable<string>,
  file: string,
  request: RatingsRequest,
): Promise<Ratings> {
  let layout: Layout = 'wide';
  const table = new RatingTable(file, (row, column) => `${row}:${column}`, request);
  const ratings = new LongRatings(table, request);
  const takerOf = (header: readonly string[], separator: string, line: number): RecordTaker => {
    layout = request.layout ?? layoutOf(header);
    if (layout === 'long') {
      return new LongRows(table, ratings, header, separator, line, wantsOccasion(request));
    }
    if (wantsOccasion(request)) refuseOccasions(table);
    return new WideRows(table, header, separator, line);
  };
  const feed = new RecordFeed(file, takerOf);
  feed.feed(begin);
  for await (const piece of pieces) feed.feed(piece);
  feed.end();
  ratings.finish();
  table.finish();
  return { layout, table };
}

function ratingsOfJson(text: string, file: string, request: RatingsRequest): Ratings {
  const rows = jsonRows(text, file);
  const table = new RatingTable(file, rows.place, request);
  const ratings = new LongRatings(table, request);
  const layout = takeJsonRows(rows, table, ratings, request.layout);
  if (layout === 'wide' && wantsOccasion(request)) refuseOccasions(table);
  ratings.finish();
  table.finish();
  return { layout, table };
}

function wantsOccasion({ occasion, intraCoder }: Occasions): boolean {
  return occasion !== null || intraCoder;
}

function refuseOccasions(table: RatingTable): never {
  table.refuseAll('a wide table has no occasions; expected columns unit, coder, value and occasion');
}
