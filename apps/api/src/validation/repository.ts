import type {
  MemberId,
  ProjectId,
  ShownReadingId,
  TaskId,
  UnitId,
  ValidationLease,
  ValidationLeaseId,
  Verdict,
} from '@casebook/contracts';
import { unitIdSchema, validationLeaseSchema } from '@casebook/contracts';
import type { Connection } from '../database/client.ts';
import { replaced } from '../judgements/replaced.ts';

export type ClaimOutcome =
  'leased' | 'none-left' | 'not-open' | 'training-needed' | 'no-annotator' | 'unknown';

/** The section in hand or the next that wants validators, in one statement. */
export async function claimValidation(
  connection: Connection,
  claim: { projectId: ProjectId; taskId: TaskId; memberId: MemberId; leaseId: string; seconds: number },
): Promise<{ outcome: ClaimOutcome; leaseId: string | null }> {
  const rows = await connection.$queryRaw<{ outcome: ClaimOutcome; lease_id: string | null }[]>`
    SELECT * FROM claim_validation(${claim.projectId}::uuid, ${claim.taskId}::uuid, ${claim.memberId}::uuid,
      ${claim.leaseId}::uuid, ${claim.seconds}::int)`;
  return { outcome: rows[0]?.outcome ?? 'unknown', leaseId: rows[0]?.lease_id ?? null };
}

export async function finishValidation(
  connection: Connection,
  projectId: ProjectId,
  memberId: MemberId,
  leaseId: ValidationLeaseId,
): Promise<{ outcome: 'finished' | 'unfinished' | 'unknown'; taskId: string | null }> {
  const rows = await connection.$queryRaw<
    { outcome: 'finished' | 'unfinished' | 'unknown'; task_id: string | null }[]
  >`SELECT * FROM finish_validation(${projectId}::uuid, ${memberId}::uuid, ${leaseId}::uuid)`;
  return { outcome: rows[0]?.outcome ?? 'unknown', taskId: rows[0]?.task_id ?? null };
}

/** False where there is no such lease of this member. */
export async function returnValidation(
  connection: Connection,
  projectId: ProjectId,
  memberId: MemberId,
  leaseId: ValidationLeaseId,
): Promise<boolean> {
  const rows = await connection.$queryRaw<{ known: boolean }[]>`
    SELECT * FROM return_validation(${projectId}::uuid, ${memberId}::uuid, ${leaseId}::uuid)`;
  return rows[0]?.known ?? false;
}

/** What a shown reading asks about; undefined where there is no such reading in the task. */
export async function findUnitOfShown(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
  shownReadingId: ShownReadingId,
): Promise<UnitId | undefined> {
  const shown = await connection.shownReading.findFirst({
    where: { projectId, taskId, id: shownReadingId },
    select: { unitId: true },
  });
  return shown === null ? undefined : unitIdSchema.parse(shown.unitId);
}

export interface ValidationToStore {
  readonly sessionHash: Uint8Array<ArrayBuffer>;
  readonly projectId: ProjectId;
  readonly taskId: TaskId;
  readonly shownReadingId: ShownReadingId;
  readonly validationId: string;
  readonly submissionId: string;
  readonly hash: Uint8Array<ArrayBuffer>;
  readonly verdict: Verdict;
  /** As JSON; null for none. */
  readonly answer: string | null;
  /** The id that the answer gets as a judgement. */
  readonly ownJudgementId: string;
  readonly comment: string | null;
  readonly elapsedMs: number;
  readonly supersedes: string | null;
  readonly pointsAt: readonly string[];
}

export interface StoreOutcome {
  readonly outcome:
    | 'stored'
    | 'unauthenticated'
    | 'unknown'
    | 'supersedes-unknown'
    | 'superseded-already'
    | 'points-ahead'
    | 'answer-needed'
    | 'reused';
  readonly validation_id: string | null;
  readonly received_at: Date | null;
  readonly is_extra: boolean | null;
}

/** Who is asking, whether they may, their place, the rows: one statement, one commit. */
export async function submitValidation(
  connection: Connection,
  row: ValidationToStore,
  leaseSeconds: number,
): Promise<StoreOutcome | undefined> {
  const rows = await connection.$queryRaw<StoreOutcome[]>`
    SELECT * FROM submit_validation(${row.sessionHash}, ${row.projectId}::uuid, ${row.taskId}::uuid,
      ${row.shownReadingId}::uuid, ${row.validationId}::uuid, ${row.submissionId}::uuid, ${row.hash},
      ${row.verdict}::"Verdict", ${row.answer}::jsonb, ${row.ownJudgementId}::uuid, ${row.comment}::text,
      ${row.elapsedMs}::int, ${row.supersedes}::uuid, ${[...row.pointsAt]}::text[], ${leaseSeconds}::int)`;
  return rows[0];
}

type ItemOfLease = ValidationLease['items'][number];
type LeaseRow = Omit<ValidationLease, 'id' | 'expiresAt'> & { readonly expiresAt: Date };

/**
 * Everything needed to validate a section offline, in one round trip. Nothing of who gave a reading or how many did,
 * no gold; `withoutGold` sees to the items.
 */
export async function loadValidationLease(
  connection: Connection,
  projectId: ProjectId,
  memberId: MemberId,
  leaseId: string,
  withoutGold: (taskType: string, content: ItemOfLease['content']) => ItemOfLease['content'],
): Promise<ValidationLease | undefined> {
  const rows = await connection.$queryRaw<LeaseRow[]>`
    SELECT t."id" AS "taskId", t."name" AS "taskName", t."type" AS "taskType", t."protocol", l."expiresAt",
      jsonb_build_object('id', s."id", 'name', s."name") AS "section",
      (SELECT coalesce(jsonb_agg(jsonb_build_object('id', i."id", 'version', v."version", 'name', i."name", 'content', v."content")
          ORDER BY i."position"), '[]')
        FROM (SELECT DISTINCT u."itemId", u."itemVersion" FROM "Unit" u
              WHERE u."projectId" = s."projectId" AND u."sectionId" = s."id") used
        JOIN "Item" i ON i."projectId" = s."projectId" AND i."id" = used."itemId"
        JOIN "ItemVersion" v ON v."projectId" = i."projectId" AND v."itemId" = i."id" AND v."version" = used."itemVersion"
      ) AS "items",
      (SELECT coalesce(jsonb_agg(jsonb_build_object('id', u."id", 'itemId', u."itemId", 'key', u."key", 'content', u."content")
          ORDER BY u."itemId", u."reading"), '[]')
        FROM "Unit" u WHERE u."projectId" = s."projectId" AND u."taskId" = s."taskId" AND u."itemId" IN (
          SELECT h."itemId" FROM "Unit" h WHERE h."projectId" = s."projectId" AND h."sectionId" = s."id")) AS "units",
      (SELECT coalesce(jsonb_agg(jsonb_build_object('id', r."id", 'unitId', r."unitId", 'answer', j."answer")
          ORDER BY r."position"), '[]')
        FROM "ShownReading" r JOIN "Judgement" j ON j."projectId" = r."projectId" AND j."id" = r."judgementId"
        WHERE r."projectId" = s."projectId" AND r."sectionId" = s."id" AND r."round" = l."round") AS "shown",
      (SELECT coalesce(jsonb_agg(jsonb_build_object('shownReadingId', v."shownReadingId", 'submissionId', v."submissionId",
          'verdict', v."verdict", 'comment', v."comment")), '[]')
        FROM "Validation" v WHERE v."projectId" = s."projectId" AND v."sectionId" = s."id" AND v."coderId" = l."memberId"
          AND NOT EXISTS (SELECT 1 FROM "Validation" n WHERE n."projectId" = v."projectId" AND n."supersedesId" = v."id")
      ) AS "validations",
      (SELECT coalesce(jsonb_agg(jsonb_build_object('unitId', j."unitId", 'answer', j."answer")), '[]')
        FROM "Judgement" j WHERE j."projectId" = s."projectId" AND j."sectionId" = s."id" AND j."coderId" = l."memberId"
          AND j."stage" = 'validation' AND j."act" = 'answer' AND NOT ${replaced}) AS "ownAnswers"
    FROM "ValidationLease" l
    JOIN "Section" s ON s."projectId" = l."projectId" AND s."id" = l."sectionId"
    JOIN "Task" t ON t."projectId" = l."projectId" AND t."id" = l."taskId"
    WHERE l."projectId" = ${projectId}::uuid AND l."id" = ${leaseId}::uuid AND l."memberId" = ${memberId}::uuid`;
  const [row] = rows;
  if (row === undefined) return undefined;
  return validationLeaseSchema.parse({
    ...row,
    id: leaseId,
    expiresAt: row.expiresAt.toISOString(),
    items: row.items.map((item) => ({ ...item, content: withoutGold(row.taskType, item.content) })),
  });
}
