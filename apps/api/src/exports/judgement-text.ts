import type { StoredJudgement } from './judgement-repository.ts';
import { rowsAsTable } from './rows-as-table.ts';
import type { Formulas } from './rows-as-table.ts';

export async function* jsonLines(rows: AsyncIterable<unknown>): AsyncGenerator<string> {
  for await (const row of rows) yield `${JSON.stringify(row)}\n`;
}

const COLUMNS = [
  'id',
  'submissionId',
  'taskId',
  'unitId',
  'itemId',
  'itemName',
  'unitKey',
  'source',
  'coder',
  'coderName',
  'occasion',
  'stage',
  'act',
  'answer',
  'skipReason',
  'confidence',
  'comment',
  'commentKind',
  'contractVersion',
  'itemVersion',
  'guidelineVersion',
  'coderRating',
  'elapsedMs',
  'informed',
  'extra',
  'supersedes',
  'superseded',
  'receivedAt',
] as const satisfies readonly (keyof StoredJudgement)[];

/** Judgements as CSV. */
export function judgementTable(
  judgements: AsyncIterable<StoredJudgement>,
  formulas: Formulas,
): AsyncGenerator<string> {
  return rowsAsTable(judgements, COLUMNS, ['answer'], formulas);
}
