import { memberIdSchema, projectIdSchema, tokenIdSchema, userIdSchema } from '@casebook/contracts';
import type { MemberId, ProjectId, Role, UserId } from '@casebook/contracts';
import type { Connection } from '../database/client.ts';
import type { Person, TokenBearer } from './principal.ts';

const SESSION_IDLE_DAYS = 14;

/** The person behind a session that is neither over, idle too long, nor of a disabled account. */
export async function findPerson(
  connection: Connection,
  secretHash: Uint8Array<ArrayBuffer>,
): Promise<Person | undefined> {
  const rows = await connection.$queryRaw<
    { userId: string; email: string; name: string; isAdmin: boolean; stale: boolean }[]
  >`/* prepared find_person */
    SELECT u."id" AS "userId", u."email", u."name", u."isAdmin", s."lastSeenAt" < now() - interval '10 minutes' AS "stale"
    FROM "Session" s JOIN "User" u ON u."id" = s."userId"
    WHERE s."secretHash" = ${secretHash} AND s."expiresAt" > now() AND u."disabledAt" IS NULL
      AND s."lastSeenAt" > now() - make_interval(days => ${SESSION_IDLE_DAYS}::int)`;
  const row = rows[0];
  if (row === undefined) return undefined;
  if (row.stale) {
    await connection.$executeRaw`UPDATE "Session" SET "lastSeenAt" = now() WHERE "secretHash" = ${secretHash}`;
  }
  return {
    kind: 'person',
    userId: userIdSchema.parse(row.userId),
    email: row.email,
    name: row.name,
    isAdmin: row.isAdmin,
    sessionHash: secretHash,
  };
}

/** The bearer of a token that is neither over, revoked, nor of a disabled account or member. */
export async function findTokenBearer(
  connection: Connection,
  secretHash: Uint8Array<ArrayBuffer>,
): Promise<TokenBearer | undefined> {
  const rows = await connection.$queryRaw<
    { id: string; userId: string; projectId: string; scope: 'read' | 'write' }[]
  >`
    UPDATE "ApiToken" t SET "lastUsedAt" = now()
    FROM "User" u
    WHERE t."secretHash" = ${secretHash} AND t."revokedAt" IS NULL AND t."expiresAt" > now()
      AND u."id" = t."userId" AND u."disabledAt" IS NULL
    RETURNING t."id", t."userId", t."projectId", t."scope"::text AS "scope"`;
  const row = rows[0];
  if (row === undefined) return undefined;
  return {
    kind: 'token',
    userId: userIdSchema.parse(row.userId),
    tokenId: tokenIdSchema.parse(row.id),
    projectId: projectIdSchema.parse(row.projectId),
    scope: row.scope,
  };
}

export interface Standing {
  readonly memberId: MemberId | null;
  readonly role: Role | null;
  readonly isAdmin: boolean;
}

/** Where a user stands in a project; undefined where the project does not exist. */
export async function findStanding(
  connection: Connection,
  projectId: ProjectId,
  userId: UserId,
): Promise<Standing | undefined> {
  const rows = await connection.$queryRaw<
    { memberId: string | null; role: Role | null; isAdmin: boolean }[]
  >`/* prepared find_standing */
    SELECT m."id" AS "memberId", m."role"::text AS "role", u."isAdmin"
    FROM "Project" p
    JOIN "User" u ON u."id" = ${userId}::uuid AND u."disabledAt" IS NULL
    LEFT JOIN "Member" m ON m."projectId" = p."projectId" AND m."userId" = u."id" AND m."disabledAt" IS NULL
    WHERE p."projectId" = ${projectId}::uuid`;
  const row = rows[0];
  if (row === undefined) return undefined;
  return {
    memberId: row.memberId === null ? null : memberIdSchema.parse(row.memberId),
    role: row.role,
    isAdmin: row.isAdmin,
  };
}

/** How a user is called now. */
export async function nameOfUser(connection: Connection, userId: UserId): Promise<string> {
  const user = await connection.user.findUniqueOrThrow({ where: { id: userId }, select: { name: true } });
  return user.name;
}

/** Counts an attempt against a limit shared by all replicas; how often it was made in the current window. */
export async function countAttempt(
  connection: Connection,
  key: string,
  windowSeconds: number,
): Promise<number> {
  const rows = await connection.$queryRaw<{ attempts: number }[]>`
    INSERT INTO "RateLimit" ("key", "window", "attempts")
    VALUES (${key}, date_bin(make_interval(secs => ${windowSeconds}::int), now(), timestamptz 'epoch'), 1)
    ON CONFLICT ("key", "window") DO UPDATE SET "attempts" = "RateLimit"."attempts" + 1
    RETURNING "attempts"`;
  return rows[0]?.attempts ?? 0;
}

/** Takes the counted attempts of a key back, after it turned out to be rightful. */
export async function forgetAttempts(connection: Connection, key: string): Promise<void> {
  await connection.$executeRaw`DELETE FROM "RateLimit" WHERE "key" = ${key}`;
}

/** Drops windows that no limit looks at any more. */
export async function dropOldAttempts(connection: Connection): Promise<void> {
  await connection.$executeRaw`DELETE FROM "RateLimit" WHERE "window" < now() - interval '2 days'`;
}
