import type { JudgementRow } from '@casebook/contracts';
import { tableRow } from '@casebook/corpora';
import type { TableStyle } from '@casebook/corpora';
import { actOf } from '../judgements/act.ts';
import type { StoredJudgement } from './repository.ts';

/** A judgement as the contract has it. */
export function judgementOf({ answer, skipReason, act, receivedAt, ...row }: StoredJudgement): JudgementRow {
  return { ...row, act: actOf({ act, answer, skipReason }), receivedAt: receivedAt.toISOString() };
}

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

/** Judgements as CSV: a header, then a row each. Answers are JSON, times ISO 8601, truth `true` or `false`. */
export async function* judgementTable(
  judgements: AsyncIterable<StoredJudgement>,
  formulas: NonNullable<TableStyle['formulas']>,
): AsyncGenerator<string> {
  const style = { separator: ',', formulas } as const;
  yield tableRow([...COLUMNS], style);
  for await (const judgement of judgements) {
    // An answer may be a JSON string or number in itself; as a cell it must be told from those.
    const row = { ...judgement, answer: judgement.answer === null ? null : JSON.stringify(judgement.answer) };
    yield tableRow(
      COLUMNS.map((column) => cellOf(row[column])),
      style,
    );
  }
}

function cellOf(value: unknown): string | number | null {
  if (value === null) return null;
  if (typeof value === 'string' || typeof value === 'number') return value;
  return value instanceof Date ? value.toISOString() : JSON.stringify(value);
}
