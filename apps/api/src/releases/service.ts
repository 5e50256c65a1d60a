import { createPublicKey } from 'node:crypto';
import type { ProjectId, Release } from '@casebook/contracts';
import type { Principal } from '../access/principal.ts';
import { requireRight } from '../access/rules.ts';
import { recordInProject } from '../audit/repository.ts';
import { lockProject } from '../database/lock-project.ts';
import { Conflict, NotFound } from '../errors.ts';
import type { Download } from '../http/download.ts';
import type { Services } from '../services.ts';
import { signingKey } from './format.ts';
import * as repository from './release-repository.ts';
import { nameOfFile, StoreFailure } from './store.ts';

export async function listReleases(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
): Promise<{ releases: Release[]; publicKey: string }> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'read-results');
  const key = createPublicKey(signingKey(services.environment.secret));
  return {
    releases: await repository.listReleases(prisma, projectId),
    publicKey: String(key.export({ type: 'spki', format: 'pem' })),
  };
}

/** @throws NotFound */
export async function readRelease(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  number: number,
): Promise<Release> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'read-results');
  const release = await repository.findRelease(prisma, projectId, number);
  if (release === undefined) throw new NotFound();
  return release;
}

/**
 * Has the project frozen under the next number, or under the last one where that failed. It is made in the
 * background.
 *
 * @throws Conflict while one is being made.
 */
export async function orderRelease(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
): Promise<Release> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'manage');
  return prisma.$transaction(async (transaction) => {
    await lockProject(transaction, projectId);
    const [last] = await repository.listReleases(transaction, projectId);
    if (last?.state === 'making') {
      throw new Conflict('release-being-made', `Release ${String(last.number)} is being made; wait for it.`);
    }
    const number = last === undefined ? 1 : last.state === 'failed' ? last.number : last.number + 1;
    const key = { projectId, number };
    await repository.orderRelease(transaction, key, principal.userId);
    await recordInProject(transaction, projectId, {
      actorId: principal.userId,
      action: 'release.ordered',
      subject: { number },
    });
    await services.jobs.sendWithin(transaction, 'make-release', key, `${projectId} ${String(number)}`);
    const release = await repository.findRelease(transaction, projectId, number);
    if (release === undefined) throw new Error('a release just ordered is not there');
    return release;
  });
}

/**
 * Marks a release as withdrawn, for good.
 *
 * @throws NotFound; Conflict where it was not made, or was withdrawn before.
 */
export async function withdrawRelease(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  number: number,
  reason: string,
): Promise<Release> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'manage');
  return prisma.$transaction(async (transaction) => {
    const release = await repository.findRelease(transaction, projectId, number);
    if (release === undefined) throw new NotFound();
    if (release.state !== 'made') throw new Conflict('release-not-made', 'This release has not been made.');
    const key = { projectId, number };
    if (!(await repository.withdraw(transaction, key, principal.userId, reason))) {
      throw new Conflict('release-withdrawn', 'This release was withdrawn before.');
    }
    await recordInProject(transaction, projectId, {
      actorId: principal.userId,
      action: 'release.withdrawn',
      subject: { number, root: release.root },
    });
    const withdrawn = await repository.findRelease(transaction, projectId, number);
    if (withdrawn === undefined) throw new Error('a release just withdrawn is not there');
    return withdrawn;
  });
}

/** The file of a release. @throws NotFound; Conflict where it was not made, or its file is not where it was put. */
export async function releaseFile(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  number: number,
): Promise<Download> {
  const { prisma } = services.database;
  const release = await readRelease(services, principal, projectId, number);
  if (release.state !== 'made') throw new Conflict('release-not-made', 'This release has not been made.');
  const bytes = await services.releaseStore.open(nameOfFile(projectId, number)).catch((error: unknown) => {
    if (!(error instanceof StoreFailure)) throw error;
    services.logger.error({ err: error, projectId, number }, 'the file of a release can’t be opened');
    throw new Conflict(
      'release-file-missing',
      'The file is not where it was put; whoever runs this instance finds out why in its log.',
    );
  });
  await recordInProject(prisma, projectId, {
    actorId: principal.userId,
    action: 'export.taken',
    subject: {
      what: 'release',
      number,
      root: release.root,
      token: principal.kind === 'token' ? principal.tokenId : null,
    },
  });
  return {
    fileName: `release-${String(number)}.tar`,
    mediaType: 'application/x-tar',
    headers: { 'content-length': String(release.bytes), 'x-casebook-root': release.root },
    text: bytes,
  };
}
