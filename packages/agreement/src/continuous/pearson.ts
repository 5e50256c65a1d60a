import { type Estimate } from '../estimate.ts';
import { productMomentEstimate } from './correlation.ts';

/**
 * Pearson's product-moment correlation of two columns of equal length, with Fisher's interval and Student's
 * test. Undefined for fewer than two pairs and where a column is constant; throws RangeError for columns of
 * different length, or with values that are not finite.
 */
export function pearson(x: ArrayLike<number>, y: ArrayLike<number>, level?: number): Estimate {
  return productMomentEstimate('pearson', 'Fisher interval', x, y, level);
}
