import { chiSquaredUpperTail } from '../distributions/chi-squared.ts';
import { definedEstimate, type Estimate, undefinedEstimate } from '../estimate.ts';
import { type Study } from '../study/study.ts';
import { completeTable } from './complete-table.ts';
import { averageRanks, tieGroups } from './ranks.ts';

/**
 * Kendall's coefficient of concordance W of several coders, corrected for ties (Kendall & Babington Smith 1939;
 * Siegel & Castellan 1988), on the units that all of them rated; tested by χ² = m(n − 1)W.
 *
 * Undefined for fewer than two complete units and where every coder gave all units one value.
 */
export function kendallsW(study: Study): Estimate {
  const { units, coders, values, used } = completeTable(study);
  const measure = 'kendall-w';
  const convention = 'complete units, ties corrected';
  if (units < 2)
    return undefinedEstimate(measure, convention, 'fewer than two units were rated by all coders', used);
  const sums = new Float64Array(units);
  let ties = 0;
  for (let coder = 0; coder < coders; coder++) {
    const column = Float64Array.from({ length: units }, (_, unit) => values[unit * coders + coder] ?? 0);
    const ranks = averageRanks(column);
    for (let unit = 0; unit < units; unit++) sums[unit] = (sums[unit] ?? 0) + (ranks[unit] ?? 0);
    for (const size of tieGroups(column)) ties += size ** 3 - size;
  }
  const mean = (coders * (units + 1)) / 2;
  const squares = sums.reduce((sum, rank) => sum + (rank - mean) ** 2, 0);
  const largest = coders * coders * (units ** 3 - units) - coders * ties;
  if (!(largest > 0)) return undefinedEstimate(measure, convention, 'no coder told the units apart', used);
  const value = (12 * squares) / largest;
  const statistic = coders * (units - 1) * value;
  return definedEstimate({
    measure,
    convention,
    value,
    used,
    test: {
      statistic,
      se: null,
      distribution: 'chi-squared',
      df: [units - 1],
      p: chiSquaredUpperTail(statistic, units - 1),
    },
  });
}
