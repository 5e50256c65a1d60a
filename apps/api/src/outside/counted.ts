import { Prisma } from '../database/client.ts';

/** Whether an outside coder's answer `o` of a file `f` counts: its file is committed, and none on its unit is later. */
export const OUTSIDE_COUNTS = `f."state" = 'committed' AND NOT EXISTS (
  SELECT 1 FROM "OutsideJudgement" n
  JOIN "AnswerFile" nf ON nf."projectId" = n."projectId" AND nf."id" = n."fileId" AND nf."state" = 'committed'
  WHERE n."projectId" = o."projectId" AND n."unitId" = o."unitId" AND n."coderId" = o."coderId" AND n."id" > o."id")`;

/** An answer `o`, its file `f` and its coder `c`. */
export const OUTSIDE_FROM = `"OutsideJudgement" o
  JOIN "AnswerFile" f ON f."projectId" = o."projectId" AND f."id" = o."fileId"
  JOIN "OutsideCoder" c ON c."projectId" = o."projectId" AND c."id" = o."coderId"`;

/** How an outside coder is called beside members: machines are marked wherever they are named. */
export const OUTSIDE_NAME = `CASE c."kind" WHEN 'machine' THEN c."name" || ' (machine)' ELSE c."name" END`;

/**
 * How often answers of outside coders were added to a task or removed: it rises with each, since a file is added
 * once and removed once. The parameters are how a statement names project and task.
 */
export function outsideRevisionOf(project: string, task: string): string {
  return `(SELECT coalesce(sum(CASE f."state" WHEN 'committed' THEN 1 WHEN 'removed' THEN 2 ELSE 0 END), 0)::int
    FROM "AnswerFile" f WHERE f."projectId" = ${project} AND f."taskId" = ${task})`;
}

// The same, for statements that Prisma sends; `t` is the task.
export const outsideCounts = Prisma.raw(OUTSIDE_COUNTS);
export const outsideFrom = Prisma.raw(OUTSIDE_FROM);
export const outsideName = Prisma.raw(OUTSIDE_NAME);
export const outsideRevision = Prisma.raw(outsideRevisionOf('t."projectId"', 't."id"'));
