import { normalQuantile } from '../distributions/normal.ts';
import { definedEstimate, type Estimate, undefinedEstimate } from '../estimate.ts';
import { DEFAULT_LEVEL } from '../inference/interval-options.ts';
import { requireColumns } from './columns.ts';
import { usageOfColumns } from './correlation.ts';
import { momentsOf } from './moments.ts';

/**
 * Lin's concordance correlation coefficient 2s_xy/(s_x² + s_y² + (x̄ − ȳ)²) of two columns, variances with
 * divisor n (Lin 1989), with the interval on Fisher's scale and Lin's variance (Lin 1989, corrected 2000).
 *
 * Several coders: `overallConcordance`.
 *
 * Undefined for fewer than two pairs and where both columns are the same constant; no interval where one is
 * constant or there are fewer than three pairs. Throws RangeError as the correlations do.
 */
export function linsConcordance(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  level: number = DEFAULT_LEVEL,
): Estimate {
  const measure = 'lin-ccc';
  const convention = 'variances with divisor n';
  requireColumns(x, y);
  const { n, meanX, meanY, squaresX, squaresY, products } = momentsOf(x, y);
  const used = usageOfColumns(n);
  if (n < 2) return undefinedEstimate(measure, convention, 'fewer than two pairs of values', used);
  const shift = meanX - meanY;
  const denominator = squaresX + squaresY + n * shift * shift;
  if (!(denominator > 0)) return undefinedEstimate(measure, convention, 'the columns have no variance', used);
  const value = (2 * products) / denominator;
  const scale = Math.sqrt(squaresX * squaresY);
  const r = scale > 0 ? products / scale : 0;
  const base = { measure, convention, value, used };
  if (n < 3 || r === 0 || Math.abs(value) >= 1 || Math.abs(r) >= 1) {
    return definedEstimate({
      ...base,
      notes: ['no interval: the variance of the coefficient is undefined here'],
    });
  }
  const u2 = (n * shift * shift) / scale;
  const variance =
    (((1 - r * r) * value * value * (1 - value * value)) / (r * r) +
      (2 * value ** 3 * (1 - value) * u2) / r -
      (value ** 4 * u2 * u2) / (2 * r * r)) /
    (n - 2);
  if (!(variance > 0))
    return definedEstimate({ ...base, notes: ['no interval: its variance is not positive'] });
  const reach = (normalQuantile(1 - (1 - level) / 2) * Math.sqrt(variance)) / (1 - value * value);
  const centre = Math.atanh(value);
  return definedEstimate({
    ...base,
    se: Math.sqrt(variance),
    ci: { low: Math.tanh(centre - reach), high: Math.tanh(centre + reach), level, method: 'analytic' },
  });
}
