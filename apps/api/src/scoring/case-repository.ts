import { projectIdSchema } from '@casebook/contracts';
import type { BoardSetting, CaseBoard, ProjectId, UserId } from '@casebook/contracts';
import type { Connection } from '../database/client.ts';
import type { Merits } from './merits.ts';
import { isOwnAwardTold, isTold } from './told.ts';

export interface PlaceOfCoder {
  readonly projectId: ProjectId;
  readonly projectName: string;
  readonly memberId: string;
  readonly board: BoardSetting;
}

/** The projects in which a user judges, or has judged. */
export async function listPlaces(connection: Connection, userId: UserId): Promise<PlaceOfCoder[]> {
  const rows = await connection.$queryRaw<(Omit<PlaceOfCoder, 'projectId'> & { projectId: string })[]>`
    SELECT p."projectId", p."name" AS "projectName", m."id" AS "memberId", p."board"::text AS "board"
    FROM "Member" m JOIN "Project" p ON p."projectId" = m."projectId"
    WHERE m."userId" = ${userId}::uuid AND m."disabledAt" IS NULL AND (m."role" = 'annotator'
      OR EXISTS (SELECT 1 FROM "Award" a WHERE a."projectId" = m."projectId" AND a."memberId" = m."id"))
    ORDER BY p."createdAt", p."projectId"`;
  return rows.map((row) => ({ ...row, projectId: projectIdSchema.parse(row.projectId) }));
}

type File = CaseBoard['files'][number];

/** The sections that a member holds or has handed in, in the order of their tasks; all of it his own. */
export function listFiles(connection: Connection, projectId: ProjectId, memberId: string): Promise<File[]> {
  return connection.$queryRaw<File[]>`
    SELECT s."id" AS "sectionId", s."name", t."id" AS "taskId", t."name" AS "taskName", l."stage", l."judged", l."of",
      CASE WHEN l."state" = 'active' THEN 'in-hand' WHEN ${isTold(memberId)} THEN 'closed'
        WHEN waits_for_second_look(s."projectId", s."id", ${memberId}::uuid) THEN 'to-judge-again' ELSE 'handed-in' END AS "state",
      coalesce((SELECT sum(a."points") FROM "Award" a WHERE a."projectId" = s."projectId" AND a."sectionId" = s."id"
        AND a."memberId" = ${memberId}::uuid AND a."stage"::text = l."stage" AND ${isOwnAwardTold(memberId)}), 0)::int AS "points"
    FROM (
      SELECT h."sectionId", h."state", 'annotation' AS "stage",
        (SELECT count(DISTINCT j."unitId")::int FROM "Judgement" j
          WHERE j."projectId" = h."projectId" AND j."sectionId" = h."sectionId" AND j."coderId" = h."memberId"
            AND j."stage" = 'annotation' AND j."act" <> 'withdrawal' AND NOT EXISTS (SELECT 1 FROM "Judgement" n
              WHERE n."projectId" = j."projectId" AND n."supersedesId" = j."id")) AS "judged",
        (SELECT x."units" FROM "Section" x WHERE x."projectId" = h."projectId" AND x."id" = h."sectionId") AS "of"
      FROM "Lease" h WHERE h."projectId" = ${projectId}::uuid AND h."memberId" = ${memberId}::uuid
      UNION ALL
      SELECT h."sectionId", h."state", 'validation',
        (SELECT count(DISTINCT v."shownReadingId")::int FROM "Validation" v JOIN "ShownReading" r
            ON r."projectId" = v."projectId" AND r."id" = v."shownReadingId" AND r."round" = h."round"
          WHERE v."projectId" = h."projectId" AND v."sectionId" = h."sectionId" AND v."coderId" = h."memberId"),
        (SELECT count(*)::int FROM "ShownReading" r WHERE r."projectId" = h."projectId"
          AND r."sectionId" = h."sectionId" AND r."round" = h."round")
      FROM "ValidationLease" h WHERE h."projectId" = ${projectId}::uuid AND h."memberId" = ${memberId}::uuid
    ) l
    JOIN "Section" s ON s."projectId" = ${projectId}::uuid AND s."id" = l."sectionId"
    JOIN "Task" t ON t."projectId" = s."projectId" AND t."id" = s."taskId"
    WHERE l."state" IN ('active', 'finished')
    ORDER BY t."createdAt", t."id", s."position", l."stage"`;
}

/** What a member has done and earned, in sums, as far as he may be told. */
export async function findMerits(
  connection: Connection,
  projectId: ProjectId,
  memberId: string,
): Promise<Merits> {
  const [row] = await connection.$queryRaw<
    {
      points: number;
      judged: number;
      handedIn: number;
      sure: number;
      sureRight: number | null;
      unsure: number;
      unsureRight: number | null;
      minority: number;
    }[]
  >`
    SELECT coalesce(sum(a."points"), 0)::int AS "points",
      coalesce(sum((a."reason"->>'judged')::int) FILTER (WHERE a."kind" = 'coverage'), 0)::int AS "judged",
      (count(*) FILTER (WHERE a."kind" = 'handed-in'))::int AS "handedIn",
      (count(*) FILTER (WHERE a."reason"->>'confidence' = 'sure'))::int AS "sure",
      avg((a."reason"->>'probability')::float8) FILTER (WHERE a."reason"->>'confidence' = 'sure') AS "sureRight",
      (count(*) FILTER (WHERE a."reason"->>'confidence' = 'unsure'))::int AS "unsure",
      avg((a."reason"->>'probability')::float8) FILTER (WHERE a."reason"->>'confidence' = 'unsure') AS "unsureRight",
      (count(*) FILTER (WHERE a."kind" = 'minority'))::int AS "minority"
    FROM "Award" a WHERE a."projectId" = ${projectId}::uuid AND a."memberId" = ${memberId}::uuid
      AND ${isOwnAwardTold(memberId)}`;
  return {
    points: row?.points ?? 0,
    judged: row?.judged ?? 0,
    handedIn: row?.handedIn ?? 0,
    sure: { answers: row?.sure ?? 0, right: row?.sureRight ?? null },
    unsure: { answers: row?.unsure ?? 0, right: row?.unsureRight ?? null },
    minority: row?.minority ?? 0,
  };
}
