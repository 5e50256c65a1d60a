import { type CompleteTable } from './complete-table.ts';

/** Mean squares of the two-way layout units × coders without replication. */
export interface MeanSquares {
  readonly units: number;
  readonly coders: number;
  /** Between units. */
  readonly rows: number;
  /** Between coders. */
  readonly columns: number;
  /** Residual. */
  readonly error: number;
  /** Within units. */
  readonly within: number;
}

export function meanSquares({ units, coders, values }: CompleteTable): MeanSquares {
  const rowMeans = new Float64Array(units);
  const columnMeans = new Float64Array(coders);
  let grand = 0;
  for (let unit = 0; unit < units; unit++) {
    for (let coder = 0; coder < coders; coder++) {
      const value = values[unit * coders + coder] ?? 0;
      rowMeans[unit] = (rowMeans[unit] ?? 0) + value / coders;
      columnMeans[coder] = (columnMeans[coder] ?? 0) + value / units;
      grand += value / (units * coders);
    }
  }
  let rows = 0;
  let columns = 0;
  let error = 0;
  let within = 0;
  for (const mean of rowMeans) rows += coders * (mean - grand) ** 2;
  for (const mean of columnMeans) columns += units * (mean - grand) ** 2;
  for (let unit = 0; unit < units; unit++) {
    for (let coder = 0; coder < coders; coder++) {
      const inRow = (values[unit * coders + coder] ?? 0) - (rowMeans[unit] ?? 0);
      within += inRow * inRow;
      error += (inRow - (columnMeans[coder] ?? 0) + grand) ** 2;
    }
  }
  const size = values.reduce((sum, value) => sum + value * value, 0);
  return {
    units,
    coders,
    rows: withoutRounding(rows, size) / (units - 1),
    columns: withoutRounding(columns, size) / (coders - 1),
    error: withoutRounding(error, size) / ((units - 1) * (coders - 1)),
    within: withoutRounding(within, size) / (units * (coders - 1)),
  };
}

/** A sum of squares that is no more than what rounding leaves of values with the given sum of squares is zero. */
export function withoutRounding(squares: number, size: number): number {
  return squares <= 1e-28 * size ? 0 : squares;
}
