/** Sums of squares and products about the means of two columns. */
export interface Moments {
  readonly n: number;
  readonly meanX: number;
  readonly meanY: number;
  readonly squaresX: number;
  readonly squaresY: number;
  readonly products: number;
}

/** Two passes, so that large means cost no digits. Throws RangeError for columns of different length. */
export function momentsOf(x: ArrayLike<number>, y: ArrayLike<number>): Moments {
  const n = x.length;
  if (n !== y.length) throw new RangeError(`The columns have ${n} and ${y.length} values.`);
  let sumX = 0;
  let sumY = 0;
  for (let i = 0; i < n; i++) {
    sumX += x[i] ?? 0;
    sumY += y[i] ?? 0;
  }
  const meanX = sumX / n;
  const meanY = sumY / n;
  let squaresX = 0;
  let squaresY = 0;
  let products = 0;
  for (let i = 0; i < n; i++) {
    const dx = (x[i] ?? 0) - meanX;
    const dy = (y[i] ?? 0) - meanY;
    squaresX += dx * dx;
    squaresY += dy * dy;
    products += dx * dy;
  }
  return { n, meanX, meanY, squaresX, squaresY, products };
}

/** What rounding leaves of a difference from ±1 is none. */
const ROUNDING = 4e-16;

/** A correlation cut off at ±1, and taken for ±1 where it differs by rounding only. */
export function asCorrelation(r: number): number {
  return Math.abs(r) > 1 - ROUNDING ? Math.sign(r) : r;
}

/** Pearson's r, or null where a column is constant. */
export function correlationOf(x: ArrayLike<number>, y: ArrayLike<number>): number | null {
  if (isConstant(x) || isConstant(y)) return null;
  const { squaresX, squaresY, products } = momentsOf(x, y);
  const scale = Math.sqrt(squaresX * squaresY);
  return scale > 0 && Number.isFinite(scale) ? asCorrelation(products / scale) : null;
}

function isConstant(values: ArrayLike<number>): boolean {
  for (let i = 1; i < values.length; i++) if (values[i] !== values[0]) return false;
  return true;
}
