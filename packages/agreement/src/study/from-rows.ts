import { compileStudy } from './compile.ts';
import { type RatingValue, type ScaleOptions, scaleBuilder } from './scale-builder.ts';
import { StudyError } from './study-error.ts';
import { type Study } from './study.ts';

/** One rating. A null value is a missing one: the row declares its unit and coder and no more. */
export interface StudyRow {
  readonly unit: string;
  readonly coder: string;
  readonly value: RatingValue | null;
  /** Marks a repeat of unit × coder that was made on purpose. */
  readonly occasion?: string | undefined;
}

export interface RowOptions extends ScaleOptions {
  /** Only rows of this occasion are read. Refused if no row has it. */
  readonly occasion?: string;
}

/**
 * A study from long rows. Units and coders keep the order in which they appear.
 *
 * Throws StudyError, naming the row (from 1), for a second value of one coder for one unit, a value
 * outside the declared categories or of another kind, and where fewer than two coders remain.
 */
export function studyFromRows(rows: Iterable<StudyRow>, options: RowOptions = {}): Study {
  const units = new Names();
  const coders = new Names();
  const scale = scaleBuilder(options);
  const unitOf = new Column();
  const coderOf = new Column();
  const valueOf = new Column();
  const rowOf = new Column();
  let rowNumber = 0;
  let found = false;
  for (const row of rows) {
    rowNumber += 1;
    if (options.occasion !== undefined && row.occasion !== options.occasion) continue;
    found = true;
    if (row.value === null) {
      units.indexOf(row.unit);
      coders.indexOf(row.coder);
      continue;
    }
    valueOf.push(scale.add(row.value, rowNumber));
    unitOf.push(units.indexOf(row.unit));
    coderOf.push(coders.indexOf(row.coder));
    rowOf.push(rowNumber);
  }
  if (options.occasion !== undefined && !found) {
    throw new StudyError('unknown-occasion', `No row has the occasion "${options.occasion}".`);
  }
  const { scale: finished, finalOf } = scale.finish();
  const categoryOf = valueOf.toArray();
  for (let i = 0; i < categoryOf.length; i++) categoryOf[i] = finalOf[categoryOf[i] ?? 0] ?? 0;
  return compileStudy(units.list, coders.list, finished, {
    unitOf: unitOf.toArray(),
    coderOf: coderOf.toArray(),
    categoryOf,
    rowOf: rowOf.toArray(),
  });
}

/**
 * The study of coders with themselves: every unit × coder that was judged on several occasions is a unit,
 * every occasion a coder. Rows without an occasion form the occasion named by the empty string.
 */
export function intraCoderStudy(rows: Iterable<StudyRow>, options: ScaleOptions = {}): Study {
  const turned: StudyRow[] = [];
  for (const row of rows) {
    turned.push({
      unit: JSON.stringify([row.unit, row.coder]),
      coder: row.occasion ?? '',
      value: row.value,
    });
  }
  return studyFromRows(turned, options);
}

class Names {
  readonly list: string[] = [];
  private readonly index = new Map<string, number>();

  indexOf(name: string): number {
    const known = this.index.get(name);
    if (known !== undefined) return known;
    const next = this.list.length;
    this.index.set(name, next);
    this.list.push(name);
    return next;
  }
}

/** A growing column of 32-bit integers. */
class Column {
  private items = new Uint32Array(1024);
  private length = 0;

  push(value: number): void {
    if (this.length === this.items.length) {
      const larger = new Uint32Array(this.items.length * 2);
      larger.set(this.items);
      this.items = larger;
    }
    this.items[this.length] = value;
    this.length += 1;
  }

  toArray(): Uint32Array {
    return this.items.slice(0, this.length);
  }
}
