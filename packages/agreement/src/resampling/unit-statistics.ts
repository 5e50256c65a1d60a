/**
 * A coefficient written as a function of sums over units, so that leaving units out or drawing them
 * again costs no more than adding their rows.
 *
 * Row u holds `amounts[i]` in column `columns[i]` for i from `offsets[u]` up to `offsets[u + 1]`.
 */
export interface UnitStatistics {
  /** Units that are drawn; units of no use to the coefficient are left out. */
  readonly units: number;
  readonly width: number;
  readonly offsets: Uint32Array;
  readonly columns: Uint32Array;
  readonly amounts: Float64Array;
  /** The coefficient from the column sums; NaN where it is undefined. */
  readonly evaluate: (sums: Float64Array) => number;
  /** Row → the study's unit that it stands for, by index; absent where rows are not told apart by unit. */
  readonly unitOf?: Uint32Array;
}

/** Column sums over all units. */
export function totalsOf(statistics: UnitStatistics): Float64Array {
  const sums = new Float64Array(statistics.width);
  const { columns, amounts } = statistics;
  for (let i = 0; i < columns.length; i++) {
    const column = columns[i] ?? 0;
    sums[column] = (sums[column] ?? 0) + (amounts[i] ?? 0);
  }
  return sums;
}

/** Collects the rows of {@link UnitStatistics} one unit after the other. */
export class UnitStatisticsBuilder {
  private readonly offsets: Uint32Array;
  private columns: Uint32Array;
  private amounts: Float64Array;
  private readonly unitOf: Uint32Array;
  private named = true;
  private unit = 0;
  private length = 0;

  constructor(units: number, expectedEntries: number) {
    this.offsets = new Uint32Array(units + 1);
    this.unitOf = new Uint32Array(units);
    this.columns = new Uint32Array(Math.max(16, expectedEntries));
    this.amounts = new Float64Array(Math.max(16, expectedEntries));
  }

  add(column: number, amount: number): void {
    if (this.length === this.columns.length) {
      const columns = new Uint32Array(this.length * 2);
      columns.set(this.columns);
      this.columns = columns;
      const amounts = new Float64Array(this.length * 2);
      amounts.set(this.amounts);
      this.amounts = amounts;
    }
    this.columns[this.length] = column;
    this.amounts[this.length] = amount;
    this.length += 1;
  }

  /** @param unit the study's unit that the row stands for, by index */
  endUnit(unit?: number): void {
    if (unit === undefined) this.named = false;
    else this.unitOf[this.unit] = unit;
    this.unit += 1;
    this.offsets[this.unit] = this.length;
  }

  finish(width: number, evaluate: (sums: Float64Array) => number): UnitStatistics {
    return {
      units: this.unit,
      width,
      offsets: this.offsets.subarray(0, this.unit + 1),
      columns: this.columns.subarray(0, this.length),
      amounts: this.amounts.subarray(0, this.length),
      evaluate,
      ...(this.named ? { unitOf: this.unitOf.subarray(0, this.unit) } : {}),
    };
  }
}
