import { tokenIdSchema } from '@casebook/contracts';
import type { ApiToken, ProjectId, TokenId } from '@casebook/contracts';
import { uuidv7 } from 'uuidv7';
import type { Principal } from '../access/principal.ts';
import { requirePerson, requireRight } from '../access/rules.ts';
import { hashOfSecret, makeSecret } from '../access/secrets.ts';
import { recordInProject } from '../audit/repository.ts';
import { NotFound } from '../errors.ts';
import type { Services } from '../services.ts';
import * as repository from './repository.ts';

/** Lets people and secret scanners know what they found. */
const PREFIX = 'cbk_';

/** One's own tokens for a project. */
export async function listTokens(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
): Promise<ApiToken[]> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'read-results');
  const owner = requirePerson(principal);
  return repository.listTokens(prisma, projectId, owner.userId);
}

/**
 * A token with which a program acts for its owner in one project. It can do at most what its owner can do there at
 * that moment. The secret leaves the service in this answer only.
 */
export async function makeToken(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  wish: { name: string; scope: 'read' | 'write'; expiresInDays: number },
): Promise<{ token: ApiToken; secret: string }> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'read-results', 'write');
  const owner = requirePerson(principal);
  const secret = `${PREFIX}${makeSecret()}`;
  const { name, scope } = wish;
  return prisma.$transaction(async (transaction) => {
    const token = await repository.insertToken(
      transaction,
      {
        id: tokenIdSchema.parse(uuidv7()),
        projectId,
        userId: owner.userId,
        secretHash: hashOfSecret(secret),
        name,
        scope,
      },
      wish.expiresInDays,
    );
    await recordInProject(transaction, projectId, {
      actorId: owner.userId,
      action: 'token.made',
      subject: { tokenId: token.id, name, scope, expiresAt: token.expiresAt },
    });
    return { token, secret };
  });
}

/** Ends a token of one's own at once, also for somebody who may make none any more. */
export async function revokeToken(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  tokenId: TokenId,
): Promise<void> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'see');
  const owner = requirePerson(principal);
  await prisma.$transaction(async (transaction) => {
    const outcome = await repository.revokeToken(transaction, {
      id: tokenId,
      projectId,
      userId: owner.userId,
    });
    if (outcome === 'unknown') throw new NotFound();
    if (outcome === 'revoked-before') return;
    await recordInProject(transaction, projectId, {
      actorId: owner.userId,
      action: 'token.revoked',
      subject: { tokenId },
    });
  });
}
