import { type Estimate } from '../estimate.ts';
import { requireColumns } from './columns.ts';
import { productMomentEstimate } from './correlation.ts';
import { averageRanks } from './ranks.ts';

/**
 * Spearman's rank correlation: Pearson's of average ranks, with the interval of Bonett & Wright (2000).
 * Undefined for fewer than two pairs and where a column is constant; throws RangeError for columns of
 * different length, or with values that are not finite.
 */
export function spearman(x: ArrayLike<number>, y: ArrayLike<number>, level?: number): Estimate {
  requireColumns(x, y);
  return productMomentEstimate(
    'spearman',
    'average ranks, Bonett–Wright interval',
    averageRanks(x),
    averageRanks(y),
    level,
  );
}
