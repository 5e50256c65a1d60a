import { fQuantile } from '../distributions/f.ts';
import { definedEstimate, type Estimate, undefinedEstimate } from '../estimate.ts';
import { DEFAULT_LEVEL } from '../inference/interval-options.ts';
import { type Study } from '../study/study.ts';
import { completeTable } from './complete-table.ts';
import { meanSquares } from './mean-squares.ts';

/**
 * Cronbach's alpha of the coders' sum (Cronbach 1951), 1 − MS_error/MS_units on the units that all coders rated
 * — k/(k − 1)·(1 − Σs²/s²_sum) written otherwise — with Feldt's interval (1965). It equals ICC(3,k).
 *
 * Undefined for fewer than two complete units and where the units' sums do not vary.
 */
export function cronbachsAlpha(study: Study, options: { readonly level?: number } = {}): Estimate {
  const table = completeTable(study);
  const measure = 'cronbach-alpha';
  const convention = 'units rated by all coders';
  const { units, coders, used } = table;
  if (units < 2)
    return undefinedEstimate(measure, convention, 'fewer than two units were rated by all coders', used);
  const { rows, error } = meanSquares(table);
  if (!(rows > 0)) return undefinedEstimate(measure, convention, "the units' sums do not vary", used);
  const value = 1 - error / rows;
  const level = options.level ?? DEFAULT_LEVEL;
  const tail = (1 - level) / 2;
  const df = (units - 1) * (coders - 1);
  return definedEstimate({
    measure,
    convention,
    value,
    used,
    ci: {
      low: 1 - (1 - value) * fQuantile(1 - tail, units - 1, df),
      high: 1 - (1 - value) * fQuantile(tail, units - 1, df),
      level,
      method: 'exact',
    },
  });
}
