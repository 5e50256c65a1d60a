import { type Study, StudyError, studyFromColumns } from '@casebook/agreement';
import type { RatingTable } from './rating-table.ts';
import type { ReadValues } from './values.ts';

/** The study of a table, its values read; what is no study is refused with its place. */
export function studyOf(table: RatingTable, { scale, categoryOf }: ReadValues): Study {
  const unitOf = table.unitOf.filled();
  const coderOf = table.coderOf.filled();
  const valueOf = table.valueOf.filled();
  // The distinct values are read; from here on a rating is its category, and one column serves both.
  for (let rating = 0; rating < valueOf.length; rating += 1) {
    valueOf[rating] = categoryOf[valueOf[rating] ?? 0] ?? 0;
  }
  try {
    return studyFromColumns(table.units.list, table.coders.list, scale, {
      unitOf,
      coderOf,
      categoryOf: valueOf,
    });
  } catch (error) {
    if (!(error instanceof StudyError)) throw error;
    if (error.problem === 'duplicate' && error.row !== null) return refuseDuplicate(table, error.row - 1);
    if (error.problem !== 'too-few-coders') throw error;
    const [only] = table.coders.list;
    return table.refuseAll(
      `there is ${only === undefined ? 'no coder' : `only one coder, ${only}`}; expected two or more`,
    );
  }
}

function refuseDuplicate(table: RatingTable, rating: number): never {
  const unitOf = table.unitOf.filled();
  const coderOf = table.coderOf.filled();
  const rowOf = table.rowOf.filled();
  let first = 0;
  while (unitOf[first] !== unitOf[rating] || coderOf[first] !== coderOf[rating]) first += 1;
  const coder = table.coders.list[coderOf[rating] ?? 0] ?? '';
  const unit = table.units.list[unitOf[rating] ?? 0] ?? '';
  const where = table.placeOf(rowOf[first] ?? 0, 1);
  return table.refuse(
    rowOf[rating] ?? 0,
    1,
    `${coder} has a second value for ${unit} (the first is at ${where}); expected one: ` +
      'choose one by --occasion, or compare coders with themselves by --intra-coder',
  );
}
