import { memberIdSchema, projectIdSchema } from '@casebook/contracts';
import type { Session } from '@casebook/contracts';
import type { Connection } from '../database/client.ts';

const ABSOLUTE_DAYS = 90;

export interface Account {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly passwordHash: string;
  readonly isAdmin: boolean;
  readonly disabledAt: Date | null;
}

export function findAccountByEmail(connection: Connection, email: string): Promise<Account | null> {
  return connection.user.findUnique({ where: { email } });
}

export async function insertAccount(
  connection: Connection,
  account: { id: string; email: string; name: string; passwordHash: string; isAdmin: boolean },
): Promise<void> {
  await connection.user.create({ data: account });
}

export async function grantAdmin(connection: Connection, userId: string): Promise<void> {
  await connection.user.update({ where: { id: userId }, data: { isAdmin: true } });
}

export async function insertSession(
  connection: Connection,
  secretHash: Uint8Array<ArrayBuffer>,
  userId: string,
): Promise<void> {
  await connection.$executeRaw`
    INSERT INTO "Session" ("secretHash", "userId", "expiresAt")
    VALUES (${secretHash}, ${userId}::uuid, now() + make_interval(days => ${ABSOLUTE_DAYS}::int))`;
}

export async function deleteSession(
  connection: Connection,
  secretHash: Uint8Array<ArrayBuffer>,
): Promise<void> {
  await connection.session.deleteMany({ where: { secretHash } });
}

/** Ends every session of a user but one. */
export async function deleteOtherSessions(
  connection: Connection,
  userId: string,
  keep: Uint8Array<ArrayBuffer> | undefined,
): Promise<void> {
  await connection.session.deleteMany({
    where: { userId, ...(keep === undefined ? {} : { NOT: { secretHash: keep } }) },
  });
}

export async function updatePassword(
  connection: Connection,
  userId: string,
  passwordHash: string,
): Promise<void> {
  await connection.user.update({ where: { id: userId }, data: { passwordHash } });
}

/** A fresh reset link; when it ceases to be good. */
export async function insertReset(
  connection: Connection,
  secretHash: Uint8Array<ArrayBuffer>,
  userId: string,
  hours: number,
): Promise<Date> {
  const [row] = await connection.$queryRaw<{ expiresAt: Date }[]>`
    INSERT INTO "PasswordReset" ("secretHash", "userId", "expiresAt")
    VALUES (${secretHash}, ${userId}::uuid, now() + make_interval(hours => ${hours}::int))
    RETURNING "expiresAt"`;
  if (row === undefined) throw new Error('a reset link just made is not there');
  return row.expiresAt;
}

/** Makes every reset link of a person worthless that was not used yet. */
export async function voidResets(connection: Connection, userId: string): Promise<void> {
  await connection.$executeRaw`
    UPDATE "PasswordReset" SET "usedAt" = now() WHERE "userId" = ${userId}::uuid AND "usedAt" IS NULL`;
}

/** Uses a reset link up, and with it all others of the same person; the person's id, or undefined. */
export async function redeemReset(
  connection: Connection,
  secretHash: Uint8Array<ArrayBuffer>,
): Promise<string | undefined> {
  const rows = await connection.$queryRaw<{ userId: string }[]>`
    UPDATE "PasswordReset" r SET "usedAt" = now()
    FROM "PasswordReset" chosen JOIN "User" u ON u."id" = chosen."userId" AND u."disabledAt" IS NULL
    WHERE chosen."secretHash" = ${secretHash} AND chosen."usedAt" IS NULL AND chosen."expiresAt" > now()
      AND r."userId" = chosen."userId" AND r."usedAt" IS NULL
    RETURNING r."userId"`;
  return rows[0]?.userId;
}

export async function listMemberships(
  connection: Connection,
  userId: string,
): Promise<Session['memberships']> {
  const members = await connection.member.findMany({
    where: { userId, disabledAt: null },
    select: { projectId: true, id: true, role: true, project: { select: { name: true } } },
    orderBy: { createdAt: 'asc' },
  });
  return members.map((member) => ({
    projectId: projectIdSchema.parse(member.projectId),
    projectName: member.project.name,
    memberId: memberIdSchema.parse(member.id),
    role: member.role,
  }));
}

/** Whether nobody has used the set-up link yet. */
export async function setupIsOpen(connection: Connection): Promise<boolean> {
  const setup = await connection.instanceSetup.findUnique({ where: { id: 1 } });
  return setup !== null && setup.usedAt === null;
}

/** Puts a new set-up link in place of an unused one; false where there is an admin already. */
export async function placeSetup(
  connection: Connection,
  secretHash: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  const rows = await connection.$queryRaw<{ id: number }[]>`
    INSERT INTO "InstanceSetup" ("id", "secretHash")
    SELECT 1, ${secretHash} WHERE NOT EXISTS (SELECT 1 FROM "User" WHERE "isAdmin")
    ON CONFLICT ("id") DO UPDATE SET "secretHash" = EXCLUDED."secretHash" WHERE "InstanceSetup"."usedAt" IS NULL
    RETURNING "id"`;
  return rows.length > 0;
}

export async function hasAdmin(connection: Connection): Promise<boolean> {
  return (await connection.user.findFirst({ where: { isAdmin: true }, select: { id: true } })) !== null;
}

export async function useSetup(
  connection: Connection,
  secretHash: Uint8Array<ArrayBuffer>,
): Promise<'used-now' | 'used-before' | 'wrong'> {
  const rows = await connection.$queryRaw<{ id: number }[]>`
    UPDATE "InstanceSetup" SET "usedAt" = now() WHERE "secretHash" = ${secretHash} AND "usedAt" IS NULL RETURNING "id"`;
  if (rows.length > 0) return 'used-now';
  const setup = await connection.instanceSetup.findUnique({ where: { id: 1 } });
  if (setup === null) return 'wrong';
  return setup.usedAt !== null && Buffer.from(setup.secretHash).equals(Buffer.from(secretHash))
    ? 'used-before'
    : 'wrong';
}

/** Makes an unused set-up link worthless. */
export async function closeSetup(connection: Connection): Promise<void> {
  await connection.$executeRaw`UPDATE "InstanceSetup" SET "usedAt" = now() WHERE "usedAt" IS NULL`;
}
