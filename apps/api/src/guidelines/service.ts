import type { Guideline, GuidelineChanges, GuidelineUse, ProjectId } from '@casebook/contracts';
import type { Principal } from '../access/principal.ts';
import { requireMember, requireRight } from '../access/rules.ts';
import { recordInProject } from '../audit/repository.ts';
import { lockProject } from '../database/lock-project.ts';
import { NotFound } from '../errors.ts';
import type { Services } from '../services.ts';
import { changesBetween } from './changes/changes.ts';
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

/**
 * What changed between two versions: where none are named, since the one that the caller was last shown. Nothing has
 * changed for whoever has had no section yet.
 *
 * @throws NotFound for a version that there is not.
 */
export async function guidelineChanges(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  asked: { readonly from?: number | undefined; readonly to?: number | undefined },
): Promise<GuidelineChanges> {
  const { prisma } = services.database;
  const { memberId } = await requireRight(prisma, principal, projectId, 'see');
  const versions = await repository.listVersions(prisma, projectId);
  const to = asked.to ?? versions[0]?.version ?? 0;
  const read = memberId === null ? undefined : await repository.newestRead(prisma, projectId, memberId);
  const from = asked.from ?? read ?? to;
  const textOf = (version: number): string => {
    if (version === 0) return '';
    const found = versions.find((one) => one.version === version);
    if (found === undefined) throw new NotFound();
    return found.markdown;
  };
  const [before, after] = [textOf(from), textOf(to)];
  return {
    from,
    to,
    notes: versions
      .filter(({ version }) => version > from && version <= to)
      .reverse()
      .map(({ version, note, author, createdAt }) => ({
        version,
        note,
        author,
        createdAt: createdAt.toISOString(),
      })),
    changes: from === to ? [] : changesBetween(before, after),
  };
}

/** Notes that the caller was shown a version. @throws NotFound for one that there is not. */
export async function readGuideline(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  version: number,
): Promise<void> {
  const { prisma } = services.database;
  const { memberId } = await requireMember(prisma, principal, projectId);
  if (!(await repository.insertReading(prisma, projectId, memberId, version))) throw new NotFound();
}

/** How many judgements rest on each version. */
export async function guidelineUse(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
): Promise<GuidelineUse[]> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'read-results');
  return repository.countUse(prisma, projectId);
}
