import type { ValidationRow } from '@casebook/contracts';
import { rowsAsTable } from './rows-as-table.ts';
import type { Formulas } from './rows-as-table.ts';
import type { StoredValidation } from './validation-repository.ts';

/** A verdict as the contract has it. */
export function validationOf({ receivedAt, ...row }: StoredValidation): ValidationRow {
  return { ...row, receivedAt: receivedAt.toISOString() };
}

const COLUMNS = [
  'id',
  'submissionId',
  'taskId',
  'sectionId',
  'unitId',
  'itemId',
  'unitKey',
  'coder',
  'coderName',
  'round',
  'shownReadingId',
  'shownJudgement',
  'shownAnswer',
  'verdict',
  'ownJudgement',
  'ownAnswer',
  'comment',
  'guidelineVersion',
  'coderRating',
  'elapsedMs',
  'extra',
  'supersedes',
  'superseded',
  'receivedAt',
] as const satisfies readonly (keyof StoredValidation)[];

/** Verdicts as CSV. */
export function validationTable(
  validations: AsyncIterable<StoredValidation>,
  formulas: Formulas,
): AsyncGenerator<string> {
  return rowsAsTable(validations, COLUMNS, ['shownAnswer', 'ownAnswer'], formulas);
}
