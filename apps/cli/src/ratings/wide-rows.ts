import { isKeyColumn } from './layout.ts';
import type { RatingTable } from './rating-table.ts';
import type { RecordTaker } from './record-feed.ts';

/** Reads rows of the wide layout: one unit each, one column a coder. */
export class WideRows implements RecordTaker {
  private readonly table: RatingTable;
  private readonly separatorCode: number;
  private readonly hasKey: boolean;
  /** The coder of every column; -1 for the key and for coders who were not chosen. */
  private readonly coderOf: Int32Array;
  private readonly linesOfUnits: number[] = [];

  constructor(table: RatingTable, header: readonly string[], separator: string, line: number) {
    this.table = table;
    this.separatorCode = separator.charCodeAt(0);
    this.hasKey = isKeyColumn(header[0] ?? '');
    this.coderOf = new Int32Array(header.length).fill(-1);
    const seen = new Set<string>();
    for (const [column, name] of header.entries()) {
      if (column === 0 && this.hasKey) continue;
      if (name === '')
        table.refuse(line, column + 1, 'the header is empty here; expected a coder’s name (unit for a key)');
      if (seen.has(name))
        table.refuse(line, column + 1, `the coder ${name} has a second column; expected one`);
      seen.add(name);
      if (table.isChosen(name)) this.coderOf[column] = table.coders.placeOf(name);
    }
    if (seen.size < 2) {
      table.refuse(
        line,
        1,
        `the header names ${seen.size === 1 ? 'one coder' : 'no coder'}; expected two or more, separated by commas or tabs`,
      );
    }
  }

  plain(text: string, start: number, end: number, line: number): void {
    const { coderOf, separatorCode, table } = this;
    let cell = start;
    let column = 0;
    let unit = -1;
    for (let at = start; at <= end; at += 1) {
      if (at < end && text.charCodeAt(at) !== separatorCode) continue;
      if (column === 0) {
        if (at === end && text.slice(start, end).trim() === '') return;
        unit = this.hasKey ? this.named(text.slice(cell, at).trim(), line) : this.numbered(line);
      }
      const coder = coderOf[column] ?? -1;
      if (coder >= 0) {
        const value = table.valueWithin(text, cell, at, line, column + 1);
        if (value !== null) table.add(unit, coder, value);
      }
      column += 1;
      cell = at + 1;
    }
    this.checkWidth(column, line);
  }

  quoted(cells: readonly string[], line: number): void {
    this.checkWidth(cells.length, line);
    const unit = this.hasKey ? this.named(cells[0]?.trim() ?? '', line) : this.numbered(line);
    for (const [column, cell] of cells.entries()) {
      const coder = this.coderOf[column] ?? -1;
      if (coder < 0) continue;
      const value = this.table.value(cell.trim(), line, column + 1);
      if (value !== null) this.table.add(unit, coder, value);
    }
  }

  private checkWidth(columns: number, line: number): void {
    const width = this.coderOf.length;
    if (columns === width) return;
    this.table.refuse(line, 1, `the row has ${columns} columns; expected ${width}, as in the header`);
  }

  private named(name: string, line: number): number {
    if (name === '') this.table.refuse(line, 1, 'the unit has no name; expected one');
    if (this.table.units.has(name)) {
      const first = this.linesOfUnits[this.table.units.placeOf(name)] ?? 0;
      this.table.refuse(
        line,
        1,
        `the unit ${name} stands here again; expected it once (line ${first} has it)`,
      );
    }
    this.linesOfUnits.push(line);
    return this.table.units.placeOf(name);
  }

  private numbered(line: number): number {
    this.linesOfUnits.push(line);
    return this.table.units.placeOf(String(this.linesOfUnits.length));
  }
}
