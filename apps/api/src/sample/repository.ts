import type { ProjectId } from '@casebook/contracts';
import type { Connection } from '../database/client.ts';

/** Makes a project if it is the very first, whoever else tries at the same time; false where there is one. */
export async function insertFirstProject(
  transaction: Connection,
  project: { projectId: ProjectId; name: string; description: string },
  guideline: { markdown: string; author: string },
): Promise<boolean> {
  await transaction.$executeRaw`LOCK TABLE "Project" IN SHARE ROW EXCLUSIVE MODE`;
  if ((await transaction.project.count()) > 0) return false;
  await transaction.project.create({ data: project });
  await transaction.guideline.create({ data: { projectId: project.projectId, version: 1, ...guideline } });
  return true;
}
