import type { DeskCase, Lease, LeaseId, MemberId, ProjectId, TaskId, UserId } from '@casebook/contracts';
import { deskCaseSchema, leaseSchema, taskIdSchema } from '@casebook/contracts';
import type { Connection } from '../database/client.ts';
import { actOf } from '../judgements/act.ts';
import type { StoredAct } from '../judgements/act.ts';
import { listTrainingsToPass } from './trainings-to-pass.ts';

export type ClaimOutcome =
  'leased' | 'all-taken' | 'all-done' | 'not-open' | 'training-needed' | 'no-annotator' | 'unknown' | 'again';

/** The task that trains the coders of a task; null where none does. */
export async function trainingOf(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
): Promise<TaskId | null> {
  const task = await connection.task.findUnique({
    where: { projectId_id: { projectId, id: taskId } },
    select: { trainingTaskId: true },
  });
  return taskIdSchema.nullable().parse(task?.trainingTaskId ?? null);
}

/** The section in hand or the next free one, in one statement. */
export async function claimSection(
  connection: Connection,
  claim: { projectId: ProjectId; taskId: TaskId; memberId: MemberId; leaseId: string; seconds: number },
): Promise<{ outcome: ClaimOutcome; leaseId: string | null }> {
  const rows = await connection.$queryRaw<
    { outcome: ClaimOutcome; lease_id: string | null }[]
  >`/* prepared claim_section */
    SELECT * FROM claim_section(${claim.projectId}::uuid, ${claim.taskId}::uuid, ${claim.memberId}::uuid,
      ${claim.leaseId}::uuid, ${claim.seconds}::int)`;
  return { outcome: rows[0]?.outcome ?? 'unknown', leaseId: rows[0]?.lease_id ?? null };
}

export async function finishLease(
  connection: Connection,
  projectId: ProjectId,
  memberId: MemberId,
  leaseId: LeaseId,
): Promise<'finished' | 'unfinished' | 'unknown'> {
  const rows = await connection.$queryRaw<{ outcome: 'finished' | 'unfinished' | 'unknown' }[]>`
    SELECT * FROM finish_lease(${projectId}::uuid, ${memberId}::uuid, ${leaseId}::uuid)`;
  return rows[0]?.outcome ?? 'unknown';
}

/** The task of a lease. */
export async function taskOfLease(
  connection: Connection,
  projectId: ProjectId,
  leaseId: LeaseId,
): Promise<string | undefined> {
  const lease = await connection.lease.findUnique({
    where: { projectId_id: { projectId, id: leaseId } },
    select: { taskId: true },
  });
  return lease?.taskId;
}

/** Frees the place of an active lease; false where it was not active. */
export async function freeLease(
  connection: Connection,
  projectId: ProjectId,
  leaseId: LeaseId,
  state: 'returned' | 'reclaimed',
): Promise<boolean> {
  const rows = await connection.$queryRaw<{ freed: boolean }[]>`
    SELECT * FROM free_lease(${projectId}::uuid, ${leaseId}::uuid, ${state}::"LeaseState")`;
  return rows[0]?.freed ?? false;
}

/** Whether a lease is this member's. */
export async function holdsLease(
  connection: Connection,
  projectId: ProjectId,
  memberId: MemberId,
  leaseId: LeaseId,
): Promise<boolean> {
  return (await connection.lease.count({ where: { projectId, id: leaseId, memberId } })) > 0;
}

/** Keeps an active lease for longer; undefined where it is no longer active. */
export async function renewLease(
  connection: Connection,
  projectId: ProjectId,
  memberId: MemberId,
  leaseId: LeaseId,
  seconds: number,
): Promise<Date | undefined> {
  const rows = await connection.$queryRaw<{ expiresAt: Date }[]>`
    UPDATE "Lease" SET "expiresAt" = greatest("expiresAt", now() + make_interval(secs => ${seconds}::int))
    WHERE "projectId" = ${projectId}::uuid AND "id" = ${leaseId}::uuid AND "memberId" = ${memberId}::uuid AND "state" = 'active'
    RETURNING "expiresAt"`;
  return rows[0]?.expiresAt;
}

type ItemOfLease = Lease['items'][number];

interface LeaseRow {
  readonly taskId: string;
  readonly taskName: string;
  readonly taskType: string;
  readonly contractVersion: number;
  readonly guidelineVersion: number | null;
  readonly protocol: unknown;
  readonly section: Lease['section'];
  readonly expiresAt: Date;
  readonly deadline: Date | null;
  readonly items: readonly ItemOfLease[];
  readonly units: Lease['units'];
  readonly own: readonly OwnRow[];
}

interface OwnRow extends StoredAct {
  readonly unitId: string;
  readonly submissionId: string;
  readonly confidence: string | null;
  readonly comment: string | null;
  readonly commentKind: string | null;
  readonly itemId: string;
  readonly key: string;
  readonly content: unknown;
  readonly here: boolean;
}

/**
 * Everything needed to work on a section offline, in one round trip: its units and items, and this coder's own
 * latest judgements in it and in other sections of the same items. Nothing of anybody else, no gold;
 * `withoutGold` sees to the items.
 */
export async function loadLease(
  connection: Connection,
  projectId: ProjectId,
  memberId: MemberId,
  leaseId: string,
  withoutGold: (taskType: string, content: ItemOfLease['content']) => ItemOfLease['content'],
): Promise<Lease | undefined> {
  const rows = await connection.$queryRaw<LeaseRow[]>`/* prepared load_lease */
    SELECT t."id" AS "taskId", t."name" AS "taskName", t."type" AS "taskType", t."contractVersion", l."guidelineVersion",
      t."protocol", l."expiresAt", l."deadline",
      jsonb_build_object('id', s."id", 'position', s."position", 'name', s."name", 'of', (
        SELECT max(a."position") + 1 FROM "Section" a WHERE a."projectId" = t."projectId" AND a."taskId" = t."id"
      )) AS "section",
      (SELECT coalesce(jsonb_agg(jsonb_build_object('id', u."id", 'itemId', u."itemId", 'key', u."key", 'content', u."content")
          ORDER BY u."position"), '[]')
        FROM "Unit" u WHERE u."projectId" = s."projectId" AND u."sectionId" = s."id") AS "units",
      (SELECT coalesce(jsonb_agg(jsonb_build_object('id', i."id", 'version', v."version", 'name', i."name", 'content', v."content")
          ORDER BY i."position"), '[]')
        FROM (SELECT DISTINCT u."itemId", u."itemVersion" FROM "Unit" u
              WHERE u."projectId" = s."projectId" AND u."sectionId" = s."id") used
        JOIN "Item" i ON i."projectId" = s."projectId" AND i."id" = used."itemId"
        JOIN "ItemVersion" v ON v."projectId" = i."projectId" AND v."itemId" = i."id" AND v."version" = used."itemVersion"
      ) AS "items",
      (SELECT coalesce(jsonb_agg(jsonb_build_object('unitId', j."unitId", 'submissionId', j."submissionId", 'act', j."act",
            'answer', j."answer", 'skipReason', j."skipReason", 'confidence', j."confidence", 'comment', j."comment",
            'commentKind', j."commentKind", 'itemId', u."itemId", 'key', u."key", 'content', u."content", 'here', u."sectionId" = s."id") ORDER BY u."itemId", u."reading"), '[]')
        FROM "Judgement" j JOIN "Unit" u ON u."projectId" = j."projectId" AND u."id" = j."unitId"
        WHERE j."projectId" = s."projectId" AND j."coderId" = l."memberId" AND j."stage" = 'annotation'
          AND j."sectionId" IN (SELECT o."sectionId" FROM "Unit" h
            JOIN "Unit" o ON o."projectId" = h."projectId" AND o."taskId" = h."taskId" AND o."itemId" = h."itemId"
            WHERE h."projectId" = s."projectId" AND h."sectionId" = s."id")
          AND NOT EXISTS (SELECT 1 FROM "Judgement" n WHERE n."projectId" = j."projectId" AND n."supersedesId" = j."id")
      ) AS "own"
    FROM "Lease" l
    JOIN "Section" s ON s."projectId" = l."projectId" AND s."id" = l."sectionId"
    JOIN "Task" t ON t."projectId" = l."projectId" AND t."id" = l."taskId"
    WHERE l."projectId" = ${projectId}::uuid AND l."id" = ${leaseId}::uuid AND l."memberId" = ${memberId}::uuid`;
  const row = rows[0];
  if (row === undefined) return undefined;
  const { own, expiresAt, deadline, items, taskType, ...head } = row;
  return leaseSchema.parse({
    ...head,
    id: leaseId,
    taskType,
    expiresAt: expiresAt.toISOString(),
    deadline: deadline?.toISOString() ?? null,
    items: items.map((item) => ({ ...item, content: withoutGold(taskType, item.content) })),
    judgements: own.map((judgement) => ({
      unitId: judgement.unitId,
      submissionId: judgement.submissionId,
      act: actOf(judgement),
      confidence: judgement.confidence,
      comment: judgement.comment,
      commentKind: judgement.commentKind,
    })),
    earlierUnits: own
      .filter((judgement) => !judgement.here)
      .map(({ unitId, itemId, key, content }) => ({ id: unitId, itemId, key, content })),
  });
}

/** The tasks that wait for a user, over all projects, those in hand first. */
export async function listDesk(connection: Connection, userId: UserId): Promise<DeskCase[]> {
  const rows = await connection.$queryRaw<Record<string, unknown>[]>`
    SELECT p."projectId", p."name" AS "projectName", t."id" AS "taskId", t."name" AS "taskName", t."type",
      t."state"::text AS "state", own."judged", own."held",
      (t."planned" AND (own."active" > 0 AND t."state" <> 'closed' OR t."state" = 'open' AND EXISTS (
        SELECT 1 FROM "Section" s WHERE s."projectId" = t."projectId" AND s."taskId" = t."id" AND s."taken" < s."wanted"
          AND (t."secondLookOf" IS NULL OR is_kept_for(s."projectId", s."id", m."id"))
          AND NOT has_validated(s."projectId", s."id", m."id")
          AND NOT EXISTS (SELECT 1 FROM "Lease" l WHERE l."projectId" = s."projectId" AND l."sectionId" = s."id"
            AND l."memberId" = m."id" AND l."state" NOT IN ('lapsed', 'returned'))))) AS "available",
      c."deadline", jsonb_build_object('inHand', validation."inHand", 'readings', validation."readings",
        'available', t."state" IN ('open', 'paused') AND validation."inHand" OR validation."free") AS "conference"
    FROM "Member" m
    JOIN "Project" p ON p."projectId" = m."projectId"
    JOIN "Task" t ON t."projectId" = m."projectId" AND t."state" IN ('open', 'paused', 'closed') AND t."phase" <> 'training'
    LEFT JOIN "TaskCoder" c ON c."projectId" = t."projectId" AND c."taskId" = t."id" AND c."memberId" = m."id"
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(s."units"), 0)::int AS "held", count(*) FILTER (WHERE l."state" = 'active') AS "active",
        coalesce(sum((SELECT count(*) FROM "Judgement" j WHERE j."projectId" = l."projectId" AND j."sectionId" = l."sectionId"
          AND j."coderId" = m."id" AND j."act" <> 'withdrawal' AND NOT EXISTS (
            SELECT 1 FROM "Judgement" n WHERE n."projectId" = j."projectId" AND n."supersedesId" = j."id"))), 0)::int AS "judged"
      FROM "Lease" l JOIN "Section" s ON s."projectId" = l."projectId" AND s."id" = l."sectionId"
      WHERE l."projectId" = t."projectId" AND l."taskId" = t."id" AND l."memberId" = m."id" AND l."state" IN ('active', 'finished')
    ) own
    CROSS JOIN LATERAL (
      SELECT coalesce(bool_or(v."inHand"), false) AS "inHand", coalesce(bool_or(v."free"), false) AS "free",
        coalesce(sum((SELECT count(*) FROM "ShownReading" r
          WHERE r."projectId" = t."projectId" AND r."sectionId" = v."sectionId" AND r."round" = v."round"
            AND NOT EXISTS (SELECT 1 FROM "Validation" said WHERE said."projectId" = r."projectId"
              AND said."shownReadingId" = r."id" AND said."coderId" = m."id"))), 0)::int AS "readings"
      FROM (
        SELECT s."id" AS "sectionId", coalesce(h."state" = 'active', false) AS "inHand",
          CASE WHEN h."state" = 'active' THEN h."round" ELSE (SELECT max(r."round") FROM "ShownReading" r
            WHERE r."projectId" = s."projectId" AND r."sectionId" = s."id") END AS "round",
          -- What claim_validation would give.
          t."state" = 'open' AND m."role" = 'annotator' AND is_trained_for(t."projectId", t."id", m."id")
            AND (h."state" IS NULL OR h."state" IN ('lapsed', 'returned'))
            AND s."validatorsTaken" - (SELECT count(*) FROM "ValidationLease" e WHERE e."projectId" = s."projectId"
              AND e."sectionId" = s."id" AND e."state" = 'active' AND e."expiresAt" < now()) < s."validatorsWanted"
            AND NOT EXISTS (SELECT 1 FROM "Judgement" j WHERE j."projectId" = s."projectId" AND j."sectionId" = s."id"
              AND j."coderId" = m."id" AND j."stage" = 'annotation') AS "free"
        FROM "Section" s
        LEFT JOIN "ValidationLease" h ON h."projectId" = s."projectId" AND h."sectionId" = s."id" AND h."memberId" = m."id"
        WHERE s."projectId" = t."projectId" AND s."taskId" = t."id" AND s."stage" = 'validation'
      ) v
      WHERE v."inHand" OR v."free"
    ) validation
    WHERE m."userId" = ${userId}::uuid AND m."disabledAt" IS NULL
      AND (NOT t."namedOnly" OR c."memberId" IS NOT NULL)
      AND (m."role" = 'annotator' OR own."held" > 0)
    ORDER BY own."active" > 0 DESC, c."deadline" NULLS LAST, p."name", t."createdAt"`;
  const trainings = await listTrainingsToPass(connection, userId);
  return rows.map((row) =>
    deskCaseSchema.parse({
      ...row,
      training: trainings.get(String(row['taskId'])) ?? null,
      deadline: row['deadline'] instanceof Date ? row['deadline'].toISOString() : null,
    }),
  );
}
