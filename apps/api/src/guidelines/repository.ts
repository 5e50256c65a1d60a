import type { ProjectId, UserId } from '@casebook/contracts';
import { nameOfUser } from '../access/repository.ts';
import type { Connection } from '../database/client.ts';

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
