import { fUpperTail } from '../../distributions/f.ts';
import { completeTable } from '../../continuous/complete-table.ts';
import { meanSquares } from '../../continuous/mean-squares.ts';
import { type RatingTable, studyOfTable } from './rating-table.ts';

/** Whether each column holds one person's ratings, and what speaks for it. */
export interface ColumnsVerdict {
  readonly columnsArePersons: boolean;
  readonly because: string;
}

/** Columns whose levels differ less than this share of the ratings' own spread are taken for interchangeable. */
const LEAST_EFFECT = 0.002;
/** Share of gappy rows that may be filled from the left before columns are taken for places; single answers may be lost. */
const MOSTLY = 0.75;

/**
 * Judges whether columns are persons. A table that names persons says so itself. Rows of unequal length with all gaps
 * at their end were filled from the left: columns are then places in a list. In a complete table persons differ in
 * how high they rate, so column means do (F test of columns, and their share of the variance).
 */
export function columnsArePersons(table: RatingTable): ColumnsVerdict {
  if (table.namesPersons)
    return { columnsArePersons: true, because: 'the table names the person of every rating' };
  const made = studyOfTable(table);
  if (made.study === null) return { columnsArePersons: false, because: made.reason };
  const width = made.columns.length;
  const rows = table.ratings.map((row) => made.columns.map((column) => row[column] ?? null));
  const gappy = rows.filter((row) => row.includes(null));
  if (gappy.length >= 5) {
    const packed = gappy.filter(
      (row) => !row.slice(row.indexOf(null)).some((value) => value !== null),
    ).length;
    const lengths = new Set(rows.map((row) => row.filter((value) => value !== null).length));
    const mostPacked = packed >= MOSTLY * gappy.length;
    if (mostPacked && (lengths.size > 2 || gappy.length > 0.2 * rows.length)) {
      return {
        columnsArePersons: false,
        because: `rows have ${Math.min(...lengths)} to ${Math.max(...lengths)} ratings and their gaps stand at the ends of ${packed === gappy.length ? 'all' : `${packed} of ${gappy.length}`} of them, so a column is a place in a list and no person`,
      };
    }
    if (!mostPacked) {
      return {
        columnsArePersons: true,
        because: `gaps stand inside ${gappy.length - packed} rows, as they do where a column is a person who skipped pairs`,
      };
    }
  }
  const { units, coders, rows: byPair, columns, error } = meanSquares(completeTable(made.study));
  if (units < 5 || !(error > 0)) {
    return { columnsArePersons: true, because: 'too little is known; columns are taken for persons' };
  }
  const f = columns / error;
  const p = fUpperTail(f, coders - 1, (units - 1) * (coders - 1));
  const betweenColumns = Math.max(0, (columns - error) / units);
  const share = betweenColumns / (betweenColumns + error + Math.max(0, (byPair - error) / coders));
  const figures = `F ${f.toFixed(1)}, p ${p < 0.0001 ? '< .0001' : p.toFixed(4)}, ${(100 * share).toFixed(1)} % of the variance`;
  return p < 0.001 && (share > LEAST_EFFECT || width === 2)
    ? { columnsArePersons: true, because: `columns differ in level as persons do (${figures})` }
    : { columnsArePersons: false, because: `columns do not differ in level as persons would (${figures})` };
}
