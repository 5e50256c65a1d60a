import type { Guideline, ProjectId } from '@casebook/contracts';
import type { Principal } from '../access/principal.ts';
import { requireRight } from '../access/rules.ts';
import { recordInProject } from '../audit/repository.ts';
import { lockProject } from '../database/lock-project.ts';
import type { Services } from '../services.ts';
import { renderGuideline } from './render.ts';
import * as repository from './repository.ts';

function shown(version: repository.GuidelineVersion): Guideline {
  return {
    version: version.version,
    markdown: version.markdown,
    html: renderGuideline(version.markdown),
    note: version.note,
    author: version.author,
    createdAt: version.createdAt.toISOString(),
  };
}

export async function listGuidelines(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
): Promise<Guideline[]> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'see');
  return (await repository.listVersions(prisma, projectId)).map(shown);
}

/** A new version; those before it stay, because judgements say which one their coder was shown. */
export async function writeGuideline(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  text: { markdown: string; note?: string | undefined },
): Promise<Guideline> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'manage');
  return prisma.$transaction(async (transaction) => {
    await lockProject(transaction, projectId);
    const version = await repository.insertVersion(transaction, projectId, principal.userId, {
      markdown: text.markdown,
      note: text.note ?? null,
    });
    await recordInProject(transaction, projectId, {
      actorId: principal.userId,
      action: 'guideline.written',
      subject: { version: version.version },
    });
    return shown(version);
  });
}
