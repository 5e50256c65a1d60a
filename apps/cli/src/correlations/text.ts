import { textTable } from '../tables/text-table.ts';
import type { CorrelationsReport } from './report.ts';

const UNDEFINED = '–';

/** Correlations and comparisons for people to read. */
export function correlationsText(report: CorrelationsReport): string {
  const { pairs, dropped, gold, correlation, method, seed, models, comparisons } = report;
  const drawn = method === 'bootstrap' ? `; seed ${seed}` : '';
  return [
    `${pairs} rows with ${gold} and all models, ${dropped} left out; ${correlation}, ${method}${drawn}\n\n`,
    textTable(
      ['model', 'correlation', 'low', 'high', ''],
      models.map(({ model, value, ci, reason }) => [
        model,
        value ?? UNDEFINED,
        ci?.low ?? UNDEFINED,
        ci?.high ?? UNDEFINED,
        reason === null ? '' : `undefined: ${reason}`,
      ]),
    ),
    '\n',
    textTable(
      ['first', 'second', 'difference', 'low', 'high', 'statistic', 'df', 'p', 'p (Holm)', ''],
      comparisons.map(({ first, second, value, ci, statistic, df, p, pHolm, reason }) => [
        first,
        second,
        value ?? UNDEFINED,
        ci?.low ?? UNDEFINED,
        ci?.high ?? UNDEFINED,
        statistic ?? UNDEFINED,
        df ?? UNDEFINED,
        p ?? UNDEFINED,
        pHolm ?? UNDEFINED,
        reason === null ? '' : `undefined: ${reason}`,
      ]),
    ),
  ].join('');
}
