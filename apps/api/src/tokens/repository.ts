import { tokenIdSchema } from '@casebook/contracts';
import type { ApiToken, ProjectId, TokenId, UserId } from '@casebook/contracts';
import type { Connection, Prisma } from '../database/client.ts';

function tokenOf(row: Prisma.ApiTokenGetPayload<true>): ApiToken {
  return {
    id: tokenIdSchema.parse(row.id),
    name: row.name,
    scope: row.scope,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    revoked: row.revokedAt !== null,
  };
}

/** A user's tokens for a project, newest first, those that are over too. */
export async function listTokens(
  connection: Connection,
  projectId: ProjectId,
  userId: UserId,
): Promise<ApiToken[]> {
  const rows = await connection.apiToken.findMany({
    where: { projectId, userId },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
  });
  return rows.map(tokenOf);
}

export async function insertToken(
  connection: Connection,
  token: {
    id: TokenId;
    projectId: ProjectId;
    userId: UserId;
    secretHash: Uint8Array<ArrayBuffer>;
    name: string;
    scope: 'read' | 'write';
  },
  days: number,
): Promise<ApiToken> {
  await connection.$executeRaw`
    INSERT INTO "ApiToken" ("id", "projectId", "userId", "secretHash", "name", "scope", "expiresAt")
    VALUES (${token.id}::uuid, ${token.projectId}::uuid, ${token.userId}::uuid, ${token.secretHash}, ${token.name},
      ${token.scope}::"TokenScope", now() + make_interval(days => ${days}::int))`;
  return tokenOf(await connection.apiToken.findUniqueOrThrow({ where: { id: token.id } }));
}

export async function revokeToken(
  connection: Connection,
  token: { id: TokenId; projectId: ProjectId; userId: UserId },
): Promise<'revoked-now' | 'revoked-before' | 'unknown'> {
  const revoked = await connection.$executeRaw`
    UPDATE "ApiToken" SET "revokedAt" = now()
    WHERE "id" = ${token.id}::uuid AND "projectId" = ${token.projectId}::uuid AND "userId" = ${token.userId}::uuid
      AND "revokedAt" IS NULL`;
  if (revoked > 0) return 'revoked-now';
  return (await connection.apiToken.count({ where: token })) > 0 ? 'revoked-before' : 'unknown';
}
