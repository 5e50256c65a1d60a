import { UsageError } from '../usage.ts';
import { Names, WholeColumn } from './columns.ts';

/** Where a row stands in its file, as `line:column`; columns are cells, from 1. */
type Place = (row: number, column: number) => string;

/** What of a file counts as ratings. */
export interface RatingChoice {
  /** Words that stand for a missing value, besides the empty cell. */
  readonly missing: readonly string[];
  /** Coders that are kept; all of them where null. */
  readonly coders: readonly string[] | null;
}

const MISSING = -1;
const UNSEEN = -2;

/**
 * Ratings as they are read: unit, coder and value of each by number, values still as they were written. A row's number
 * is what its reader's {@link Place} understands.
 */
export class RatingTable {
  readonly units = new Names();
  readonly coders = new Names();
  /** Distinct values in the order in which they appear. */
  readonly values = new Names();
  readonly unitOf = new WholeColumn();
  readonly coderOf = new WholeColumn();
  readonly valueOf = new WholeColumn();
  /** Row of every rating, where readers say it; otherwise empty. */
  readonly rowOf = new WholeColumn();
  /** Whether a value was given as a list. */
  lists = false;
  private readonly file: string;
  readonly placeOf: Place;
  private readonly missing: ReadonlySet<string>;
  private readonly chosen: ReadonlySet<string> | null;
  private readonly offered = new Set<string>();
  private readonly valueRows = new WholeColumn();
  private readonly valueColumns = new WholeColumn();
  /** Places of values of one ASCII character, which most categories are. */
  private readonly short = new Int32Array(128).fill(UNSEEN);

  constructor(file: string, place: Place, { missing, coders }: RatingChoice) {
    this.file = file;
    this.placeOf = place;
    this.missing = new Set(['', ...missing]);
    this.chosen = coders === null ? null : new Set(coders);
  }

  isChosen(coder: string): boolean {
    if (this.chosen === null) return true;
    this.offered.add(coder);
    return this.chosen.has(coder);
  }

  /** The value's number, or null where it is missing. */
  value(text: string, row: number, column: number): number | null {
    if (this.missing.has(text)) return null;
    const place = this.values.placeOf(text);
    if (place === this.valueRows.length) {
      this.valueRows.push(row);
      this.valueColumns.push(column);
    }
    return place;
  }

  /** As {@link value}, of `text` from `start` up to `end`, blanks around it passed over. */
  valueWithin(text: string, start: number, end: number, row: number, column: number): number | null {
    let from = start;
    let to = end;
    while (from < to && text.charCodeAt(from) <= 32) from += 1;
    while (to > from && text.charCodeAt(to - 1) <= 32) to -= 1;
    if (from === to) return null;
    const code = to - from === 1 ? text.charCodeAt(from) : 128;
    if (code >= 128) return this.value(text.slice(from, to), row, column);
    const known = this.short[code] ?? UNSEEN;
    if (known !== UNSEEN) return known === MISSING ? null : known;
    const own = this.value(text.charAt(from), row, column);
    this.short[code] = own ?? MISSING;
    return own;
  }

  add(unit: number, coder: number, value: number): void {
    this.unitOf.push(unit);
    this.coderOf.push(coder);
    this.valueOf.push(value);
  }

  /** Throws unless every coder that was chosen is there. */
  finish(): void {
    if (this.chosen === null) return;
    for (const name of this.chosen) {
      if (this.offered.has(name)) continue;
      throw new UsageError(
        `${this.file}: there is no coder ${name}; expected one of ${[...this.offered].join(', ')}`,
      );
    }
  }

  refuse(row: number, column: number, why: string): never {
    throw new UsageError(`${this.file}:${this.placeOf(row, column)}: ${why}`);
  }

  /** Refuses a value where it first stood. */
  refuseValue(value: number, why: string): never {
    return this.refuse(this.valueRows.filled()[value] ?? 0, this.valueColumns.filled()[value] ?? 0, why);
  }

  refuseAll(why: string): never {
    throw new UsageError(`${this.file}: ${why}`);
  }
}
