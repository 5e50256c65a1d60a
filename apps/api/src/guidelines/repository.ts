import { guidelineUseSchema } from '@casebook/contracts';
import type { GuidelineUse, MemberId, ProjectId, UserId } from '@casebook/contracts';
import { nameOfUser } from '../access/repository.ts';
import type { Connection } from '../database/client.ts';
import { replaced } from '../judgements/replaced.ts';

export interface GuidelineVersion {
  readonly version: number;
  readonly markdown: string;
  readonly note: string | null;
  readonly author: string;
  readonly createdAt: Date;
}

/** Every version, newest first. */
export function listVersions(connection: Connection, projectId: ProjectId): Promise<GuidelineVersion[]> {
  return connection.guideline.findMany({ where: { projectId }, orderBy: { version: 'desc' } });
}

/** The next version, numbered from 1. The project must be locked; the author is named as they are called now. */
export async function insertVersion(
  connection: Connection,
  projectId: ProjectId,
  authorId: UserId,
  text: { markdown: string; note: string | null },
): Promise<GuidelineVersion> {
  const { _max: newest } = await connection.guideline.aggregate({
    where: { projectId },
    _max: { version: true },
  });
  const author = await nameOfUser(connection, authorId);
  return connection.guideline.create({
    data: { projectId, version: (newest.version ?? 0) + 1, author, ...text },
  });
}

/** The newest version that a member was shown, 0 for a project that had none then; undefined before their first section. */
export async function newestRead(
  connection: Connection,
  projectId: ProjectId,
  memberId: MemberId,
): Promise<number | undefined> {
  const { _max: read } = await connection.guidelineReading.aggregate({
    where: { projectId, memberId },
    _max: { version: true },
  });
  return read.version ?? undefined;
}

/** Notes that a member was shown a version; false where there is none of this number. */
export async function insertReading(
  connection: Connection,
  projectId: ProjectId,
  memberId: MemberId,
  version: number,
): Promise<boolean> {
  const rows = await connection.$queryRaw<{ known: boolean }[]>`
    SELECT "known" FROM read_guideline(${projectId}::uuid, ${memberId}::uuid, ${version}::int)`;
  return rows[0]?.known ?? false;
}

/**
 * Judgements of annotators that stand, answers and skips, by version and task, the newest version first. What validators
 * answered instead, and what was given after others' answers were seen, is not among them.
 */
export async function countUse(connection: Connection, projectId: ProjectId): Promise<GuidelineUse[]> {
  const rows = await connection.$queryRaw<unknown[]>`
    SELECT j."guidelineVersion" AS "version", t."id" AS "taskId", t."name" AS "taskName", count(*)::int AS "judgements"
    FROM "Judgement" j
    JOIN "Task" t ON t."projectId" = j."projectId" AND t."id" = j."taskId"
    WHERE j."projectId" = ${projectId}::uuid AND j."stage" = 'annotation' AND j."act" <> 'withdrawal'
      AND NOT j."extra" AND NOT j."informed" AND NOT ${replaced}
    GROUP BY j."guidelineVersion", t."id", t."name", t."createdAt"
    ORDER BY j."guidelineVersion" DESC NULLS LAST, t."createdAt", t."id"`;
  return guidelineUseSchema.array().parse(rows);
}
