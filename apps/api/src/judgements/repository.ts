import type {
  Confidence,
  ItemContent,
  JudgementRow,
  OwnJudgement,
  ProjectId,
  TaskId,
  UnitId,
} from '@casebook/contracts';
import { itemContentSchema, judgementRowSchema, ownJudgementSchema } from '@casebook/contracts';
import type { Connection } from '../database/client.ts';
import { actOf } from './act.ts';
import { outsideCounts, outsideFrom } from '../outside/counted.ts';
import { replaced } from './replaced.ts';
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

export interface UnitInItem {
  /** What the unit asks about. */
  readonly content: unknown;
  /** The item as the unit was planned over it. */
  readonly itemId: string;
  readonly itemVersion: number;
}

export async function findUnit(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
  unitId: UnitId,
): Promise<UnitInItem | undefined> {
  const unit = await connection.unit.findFirst({
    where: { projectId, taskId, id: unitId },
    select: { content: true, itemId: true, itemVersion: true },
  });
  return unit ?? undefined;
}

export async function findItemContent(
  connection: Connection,
  projectId: ProjectId,
  { itemId, itemVersion }: UnitInItem,
): Promise<ItemContent> {
  const item = await connection.itemVersion.findFirstOrThrow({
    where: { projectId, itemId, version: itemVersion },
    select: { content: true },
  });
  return itemContentSchema.parse(item.content);
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
  /** The answer as its contract parsed it; null where the act has none. */
  readonly answer: unknown;
  readonly skipReason: string | null;
  readonly confidence: Confidence | null;
  readonly comment: string | null;
  readonly commentKind: string | null;
  /** Of the contract that parsed the answer. */
  readonly contractVersion: number;
  readonly elapsedMs: number;
  readonly supersedes: string | null;
  readonly pointsAt: readonly string[];
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

interface SubmitAnswer {
  readonly ordinal: number;
  readonly outcome: SubmitOutcome['outcome'];
  readonly judgement_id: string;
  readonly received_at: Date;
  readonly is_extra: boolean;
  readonly head_submission: string | null;
}

function outcomeOf(answer: SubmitAnswer | undefined): SubmitOutcome {
  if (answer === undefined) return { outcome: 'unknown' };
  switch (answer.outcome) {
    case 'stored':
      return {
        outcome: 'stored',
        judgementId: answer.judgement_id,
        receivedAt: answer.received_at,
        extra: answer.is_extra,
      };
    case 'superseded-already':
      return { outcome: 'superseded-already', head: answer.head_submission };
    default:
      return { outcome: answer.outcome };
  }
}

const bytes = (value: Uint8Array): string => `\\x${Buffer.from(value).toString('hex')}`;

/**
 * Who is asking, whether they may, their place, the row: one statement and one commit for as many submissions as
 * come together. They are stored in the order given; the outcomes are in that order too.
 */
export async function submitJudgements(
  connection: Connection,
  rows: readonly SubmissionRow[],
  leaseSeconds: number,
): Promise<SubmitOutcome[]> {
  const records = JSON.stringify(
    rows.map((row, ordinal) => ({
      ...row,
      ordinal,
      sessionHash: bytes(row.sessionHash),
      hash: bytes(row.hash),
    })),
  );
  const answers = await connection.$queryRaw<SubmitAnswer[]>`/* prepared submit_judgements */
    SELECT r."ordinal", s.*
    FROM jsonb_to_recordset(${records}::jsonb) AS r(
      "ordinal" int, "sessionHash" bytea, "projectId" uuid, "taskId" uuid, "unitId" uuid, "judgementId" uuid,
      "submissionId" uuid, "hash" bytea, "act" "ActKind", "answer" jsonb, "skipReason" text,
      "confidence" "Confidence", "comment" text, "commentKind" text, "contractVersion" int, "elapsedMs" int,
      "supersedes" uuid, "pointsAt" text[])
    CROSS JOIN LATERAL submit_judgement(r."sessionHash", r."projectId", r."taskId", r."unitId", r."judgementId",
      r."submissionId", r."hash", r."act", r."answer", r."skipReason", r."confidence", r."comment", r."commentKind",
      r."contractVersion", r."elapsedMs", r."supersedes", r."pointsAt", ${leaseSeconds}::int) s`;
  const byOrdinal = new Map(answers.map((answer) => [answer.ordinal, answer]));
  return rows.map((_, ordinal) => outcomeOf(byOrdinal.get(ordinal)));
}

/** A judgement as its own coder may see it. */
export async function findOwnJudgement(
  connection: Connection,
  projectId: ProjectId,
  submissionId: string,
): Promise<OwnJudgement | undefined> {
  const row = await connection.judgement.findUnique({
    where: { projectId_submissionId: { projectId, submissionId } },
    select: {
      unitId: true,
      submissionId: true,
      act: true,
      answer: true,
      skipReason: true,
      confidence: true,
      comment: true,
      commentKind: true,
    },
  });
  if (row === null) return undefined;
  const { unitId, confidence, comment, commentKind } = row;
  return ownJudgementSchema.parse({
    unitId,
    submissionId,
    act: actOf(row),
    confidence,
    comment,
    commentKind,
  });
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
    SELECT j."id", j."submissionId", j."taskId", j."unitId", u."itemId", i."name" AS "itemName",
      u."key" AS "unitKey", 'member' AS "source", j."coderId" AS "coder", p."name" AS "coderName", j."occasion",
      j."stage"::text AS "stage", j."act"::text AS "act", j."answer", j."skipReason",
      j."confidence"::text AS "confidence", j."comment", j."commentKind", j."contractVersion",
      j."itemVersion", j."guidelineVersion", j."coderRating", j."elapsedMs", j."informed", j."extra",
      j."supersedesId" AS "supersedes", j."receivedAt",
      ${replaced} AS "superseded"
    FROM "Judgement" j
    JOIN "Unit" u ON u."projectId" = j."projectId" AND u."id" = j."unitId"
    JOIN "Item" i ON i."projectId" = u."projectId" AND i."id" = u."itemId"
    JOIN "Member" m ON m."projectId" = j."projectId" AND m."id" = j."coderId"
    JOIN "User" p ON p."id" = m."userId"
    WHERE j."projectId" = ${projectId}::uuid AND j."unitId" = ${unitId}::uuid
    UNION ALL
    SELECT o."id", o."id", o."taskId", o."unitId", u."itemId", i."name", u."key",
      CASE c."kind" WHEN 'machine' THEN 'machine' ELSE 'outside' END, o."coderId", c."name", 0, 'annotation', 'answer',
      o."answer", NULL, NULL, o."comment", NULL, t."contractVersion", u."itemVersion", NULL, o."rating", o."elapsedMs", false, false,
      NULL, o."receivedAt", NOT (${outsideCounts})
    FROM ${outsideFrom}
    JOIN "Unit" u ON u."projectId" = o."projectId" AND u."id" = o."unitId"
    JOIN "Item" i ON i."projectId" = u."projectId" AND i."id" = u."itemId"
    JOIN "Task" t ON t."projectId" = o."projectId" AND t."id" = o."taskId"
    WHERE o."projectId" = ${projectId}::uuid AND o."unitId" = ${unitId}::uuid
    ORDER BY 1`;
  return rows.map(({ answer, skipReason, receivedAt, ...row }) =>
    judgementRowSchema.parse({
      ...row,
      act: actOf({ act: row.act, answer, skipReason }),
      receivedAt: receivedAt.toISOString(),
    }),
  );
}
