import type { JudgementRow, ProjectId, TaskId, UnitId } from '@casebook/contracts';
import { judgementRowSchema } from '@casebook/contracts';
import type { Connection } from '../database/client.ts';
import { actOf } from './act.ts';
import type { StoredAct } from './act.ts';

/** What never changes of a task once it is made, and is needed to understand an answer. */
export interface TaskFacts {
  readonly type: string;
  readonly protocol: unknown;
}

export async function findTaskFacts(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
): Promise<TaskFacts | undefined> {
  const task = await connection.task.findUnique({
    where: { projectId_id: { projectId, id: taskId } },
    select: { type: true, protocol: true },
  });
  return task ?? undefined;
}

export interface SubmissionRow {
  readonly sessionHash: Uint8Array<ArrayBuffer>;
  readonly projectId: ProjectId;
  readonly taskId: TaskId;
  readonly unitId: string;
  readonly judgementId: string;
  readonly submissionId: string;
  readonly hash: Uint8Array<ArrayBuffer>;
  readonly act: 'answer' | 'skip' | 'withdrawal';
  /** JSON text of the answer as its contract parsed it. */
  readonly answer: string | null;
  readonly skipReason: string | null;
  readonly comment: string | null;
  readonly elapsedMs: number;
  readonly supersedes: string | null;
  readonly pointsAt: readonly string[];
  readonly leaseSeconds: number;
}

export type SubmitOutcome =
  | {
      readonly outcome: 'stored';
      readonly judgementId: string;
      readonly receivedAt: Date;
      readonly extra: boolean;
    }
  | { readonly outcome: 'superseded-already'; readonly head: string | null }
  | {
      readonly outcome:
        'unauthenticated' | 'unknown' | 'never-leased' | 'supersedes-unknown' | 'points-ahead' | 'reused';
    };

/** Who is asking, whether they may, their place, the row: one statement, one round trip. */
export async function submitJudgement(connection: Connection, row: SubmissionRow): Promise<SubmitOutcome> {
  const rows = await connection.$queryRaw<
    {
      outcome: SubmitOutcome['outcome'];
      judgement_id: string;
      received_at: Date;
      is_extra: boolean;
      head_submission: string | null;
    }[]
  >`SELECT * FROM submit_judgement(${row.sessionHash}, ${row.projectId}::uuid, ${row.taskId}::uuid, ${row.unitId}::uuid,
      ${row.judgementId}::uuid, ${row.submissionId}::uuid, ${row.hash}, ${row.act}::"ActKind", ${row.answer}::jsonb,
      ${row.skipReason}, ${row.comment}, ${row.elapsedMs}::int, ${row.supersedes}::uuid, ${[...row.pointsAt]}::text[],
      ${row.leaseSeconds}::int)`;
  const result = rows[0];
  if (result === undefined) return { outcome: 'unknown' };
  switch (result.outcome) {
    case 'stored':
      return {
        outcome: 'stored',
        judgementId: result.judgement_id,
        receivedAt: result.received_at,
        extra: result.is_extra,
      };
    case 'superseded-already':
      return { outcome: 'superseded-already', head: result.head_submission };
    default:
      return { outcome: result.outcome };
  }
}

interface StoredJudgement extends StoredAct {
  readonly receivedAt: Date;
  readonly [column: string]: unknown;
}

/** Every judgement on a unit, in the order in which they came. */
export async function listJudgementsOfUnit(
  connection: Connection,
  projectId: ProjectId,
  unitId: UnitId,
): Promise<JudgementRow[]> {
  const rows = await connection.$queryRaw<StoredJudgement[]>`
    SELECT j."id", j."submissionId", j."taskId", j."unitId", u."itemId", u."key" AS "unitKey", j."coderId" AS "coder",
      j."occasion", j."stage"::text AS "stage", j."act", j."answer", j."skipReason", j."comment", j."contractVersion",
      j."itemVersion", j."guidelineVersion", j."coderRating", j."elapsedMs", j."informed", j."extra",
      j."supersedesId" AS "supersedes", j."receivedAt",
      EXISTS (SELECT 1 FROM "Judgement" n WHERE n."projectId" = j."projectId" AND n."supersedesId" = j."id") AS "superseded"
    FROM "Judgement" j JOIN "Unit" u ON u."projectId" = j."projectId" AND u."id" = j."unitId"
    WHERE j."projectId" = ${projectId}::uuid AND j."unitId" = ${unitId}::uuid
    ORDER BY j."id"`;
  return rows.map(({ answer, skipReason, receivedAt, ...row }) =>
    judgementRowSchema.parse({
      ...row,
      act: actOf({ act: row.act, answer, skipReason }),
      receivedAt: receivedAt.toISOString(),
    }),
  );
}
