import { LONG_COLUMNS, placeOfColumn } from './layout.ts';
import type { RatingTable } from './rating-table.ts';
import type { RecordTaker } from './record-feed.ts';

/** What of repeated judgements is read. */
export interface Occasions {
  /** Only rows of this occasion; all rows where null. */
  readonly occasion: string | null;
  /** Coders are compared with themselves: a unit is a unit × coder, a coder an occasion. */
  readonly intraCoder: boolean;
}

/** Takes one rating of the long layout at a time, whatever file it comes from. */
export class LongRatings {
  private readonly table: RatingTable;
  private readonly occasions: Occasions;
  private found = false;

  constructor(table: RatingTable, occasions: Occasions) {
    this.table = table;
    this.occasions = occasions;
  }

  /** `value` is null where it is missing: the row declares its unit and its coder and no more. */
  add(unit: string, coder: string, value: number | null, occasion: string, row: number): void {
    const { table } = this;
    if (this.occasions.occasion !== null && this.occasions.occasion !== occasion) return;
    this.found = true;
    if (!table.isChosen(coder)) return;
    const unitPlace = table.units.placeOf(this.occasions.intraCoder ? JSON.stringify([unit, coder]) : unit);
    const coderPlace = table.coders.placeOf(this.occasions.intraCoder ? occasion : coder);
    if (value === null) return;
    table.add(unitPlace, coderPlace, value);
    table.rowOf.push(row);
  }

  finish(): void {
    const { occasion } = this.occasions;
    if (occasion === null || this.found) return;
    this.table.refuseAll(`no row has the occasion ${occasion}; expected one at least`);
  }
}

/** Reads rows of the long layout: one rating each, columns unit, coder, value and, where wanted, occasion. */
export class LongRows implements RecordTaker {
  private readonly table: RatingTable;
  private readonly ratings: LongRatings;
  private readonly separatorCode: number;
  private readonly width: number;
  private readonly unit: number;
  private readonly coder: number;
  private readonly value: number;
  private readonly occasion: number;
  /** Bounds of the row's cells in its text. */
  private readonly starts: Uint32Array;
  private readonly ends: Uint32Array;

  constructor(
    table: RatingTable,
    ratings: LongRatings,
    header: readonly string[],
    separator: string,
    line: number,
    wantsOccasion: boolean,
  ) {
    this.table = table;
    this.ratings = ratings;
    this.separatorCode = separator.charCodeAt(0);
    this.width = header.length;
    const place = (names: readonly string[]): number => {
      const found = placeOfColumn(header, names);
      if (found !== -1) return found;
      const wanted = names.map((name) => `“${name}”`).join(' or ');
      return table.refuse(line, 1, `the header has no column ${wanted}; it has ${header.join(', ')}`);
    };
    this.unit = place(LONG_COLUMNS.unit);
    this.coder = place(LONG_COLUMNS.coder);
    this.value = place(LONG_COLUMNS.value);
    this.occasion = wantsOccasion ? place(['occasion']) : -1;
    this.starts = new Uint32Array(this.width);
    this.ends = new Uint32Array(this.width);
  }

  plain(text: string, start: number, end: number, line: number): void {
    const { starts, ends, separatorCode, width, table } = this;
    let cell = start;
    let column = 0;
    for (let at = start; at <= end; at += 1) {
      if (at < end && text.charCodeAt(at) !== separatorCode) continue;
      if (column < width) {
        starts[column] = cell;
        ends[column] = at;
      }
      column += 1;
      cell = at + 1;
    }
    if (column !== width) {
      if (text.slice(start, end).trim() === '') return;
      this.refuseWidth(column, line);
    }
    const cellAt = (place: number): string => text.slice(starts[place] ?? 0, ends[place] ?? 0).trim();
    const value = table.valueWithin(
      text,
      starts[this.value] ?? 0,
      ends[this.value] ?? 0,
      line,
      this.value + 1,
    );
    this.take(
      cellAt(this.unit),
      cellAt(this.coder),
      value,
      this.occasion === -1 ? '' : cellAt(this.occasion),
      line,
    );
  }

  quoted(cells: readonly string[], line: number): void {
    if (cells.length !== this.width) this.refuseWidth(cells.length, line);
    const cellAt = (place: number): string => cells[place]?.trim() ?? '';
    const value = this.table.value(cellAt(this.value), line, this.value + 1);
    this.take(cellAt(this.unit), cellAt(this.coder), value, cellAt(this.occasion), line);
  }

  private take(unit: string, coder: string, value: number | null, occasion: string, line: number): void {
    if (unit === '') this.table.refuse(line, this.unit + 1, 'the unit is empty; expected its name');
    if (coder === '') this.table.refuse(line, this.coder + 1, 'the coder is empty; expected a name');
    this.ratings.add(unit, coder, value, occasion, line);
  }

  private refuseWidth(columns: number, line: number): never {
    return this.table.refuse(
      line,
      1,
      `the row has ${columns} columns; expected ${this.width}, as in the header`,
    );
  }
}
