import { invitationIdSchema, projectIdSchema } from '@casebook/contracts';
import type { Invitation, InvitationId, MemberId, ProjectId, Role, UserId } from '@casebook/contracts';
import type { Connection } from '../database/client.ts';

interface Row {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  readonly state: Invitation['state'];
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** Invitations of a project, newest first; `only` leaves one of them. The database's clock says what has expired. */
export async function listInvitations(
  connection: Connection,
  projectId: ProjectId,
  only: InvitationId | undefined,
): Promise<Invitation[]> {
  const rows = await connection.$queryRaw<Row[]>`
    SELECT i."id", i."email", i."role"::text AS "role", i."createdAt", i."expiresAt",
      CASE WHEN i."usedAt" IS NOT NULL THEN 'used' WHEN i."revokedAt" IS NOT NULL THEN 'revoked'
        WHEN i."expiresAt" <= now() THEN 'expired' ELSE 'open' END AS "state"
    FROM "Invitation" i
    WHERE i."projectId" = ${projectId}::uuid AND (${only ?? null}::uuid IS NULL OR i."id" = ${only ?? null}::uuid)
    ORDER BY i."id" DESC`;
  return rows.map((row) => ({
    ...row,
    id: invitationIdSchema.parse(row.id),
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  }));
}

/** What already stands in the way of inviting an address; undefined for nothing. The project must be locked. */
export async function findObstacle(
  connection: Connection,
  projectId: ProjectId,
  email: string,
): Promise<'member' | 'invited' | undefined> {
  const member = await connection.member.findFirst({
    where: { projectId, user: { email } },
    select: { id: true },
  });
  if (member !== null) return 'member';
  const open = await connection.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "Invitation"
    WHERE "projectId" = ${projectId}::uuid AND "email" = ${email} AND "usedAt" IS NULL AND "revokedAt" IS NULL
      AND "expiresAt" > now()
    LIMIT 1`;
  return open.length > 0 ? 'invited' : undefined;
}

export async function insertInvitation(
  connection: Connection,
  invitation: { projectId: ProjectId; id: InvitationId; email: string; role: Role; createdBy: UserId },
  secretHash: Uint8Array<ArrayBuffer>,
  days: number,
): Promise<void> {
  await connection.$executeRaw`
    INSERT INTO "Invitation" ("projectId", "id", "email", "role", "createdBy", "expiresAt")
    VALUES (${invitation.projectId}::uuid, ${invitation.id}::uuid, ${invitation.email}, ${invitation.role}::"Role",
      ${invitation.createdBy}::uuid, now() + make_interval(days => ${days}::int))`;
  await connection.invitationSecret.create({
    data: { secretHash, projectId: invitation.projectId, invitationId: invitation.id },
  });
}

/** Revokes an invitation that was neither used nor revoked. */
export async function revokeInvitation(
  connection: Connection,
  projectId: ProjectId,
  id: InvitationId,
): Promise<boolean> {
  const revoked = await connection.$executeRaw`
    UPDATE "Invitation" SET "revokedAt" = now()
    WHERE "projectId" = ${projectId}::uuid AND "id" = ${id}::uuid AND "usedAt" IS NULL AND "revokedAt" IS NULL`;
  return revoked > 0;
}

/** An invitation that can still be accepted. */
export interface OpenInvitation {
  readonly projectId: ProjectId;
  readonly invitationId: InvitationId;
  readonly projectName: string;
  readonly role: Role;
  readonly email: string;
  readonly hasAccount: boolean;
}

/** The invitation that a secret opens; undefined where it is unknown, used, revoked or expired. */
export async function findOpenInvitation(
  connection: Connection,
  secretHash: Uint8Array<ArrayBuffer>,
): Promise<OpenInvitation | undefined> {
  const rows = await connection.$queryRaw<
    {
      projectId: string;
      invitationId: string;
      projectName: string;
      role: Role;
      email: string;
      hasAccount: boolean;
    }[]
  >`
    SELECT i."projectId", i."id" AS "invitationId", p."name" AS "projectName", i."role"::text AS "role", i."email",
      EXISTS (SELECT 1 FROM "User" u WHERE u."email" = i."email") AS "hasAccount"
    FROM "InvitationSecret" s
    JOIN "Invitation" i ON i."projectId" = s."projectId" AND i."id" = s."invitationId"
    JOIN "Project" p ON p."projectId" = i."projectId"
    WHERE s."secretHash" = ${secretHash} AND i."usedAt" IS NULL AND i."revokedAt" IS NULL AND i."expiresAt" > now()`;
  const row = rows[0];
  if (row === undefined) return undefined;
  return {
    ...row,
    projectId: projectIdSchema.parse(row.projectId),
    invitationId: invitationIdSchema.parse(row.invitationId),
  };
}

/** Uses an invitation up. Of several that try at the same time one is told true, once it has committed. */
export async function useInvitation(
  connection: Connection,
  projectId: ProjectId,
  id: InvitationId,
): Promise<boolean> {
  const used = await connection.$executeRaw`
    UPDATE "Invitation" SET "usedAt" = now()
    WHERE "projectId" = ${projectId}::uuid AND "id" = ${id}::uuid AND "usedAt" IS NULL AND "revokedAt" IS NULL
      AND "expiresAt" > now()`;
  return used > 0;
}

/** False where the address has an account by now. */
export async function insertAccount(
  connection: Connection,
  account: { id: string; email: string; name: string; passwordHash: string; isAdmin: boolean },
): Promise<boolean> {
  const { count } = await connection.user.createMany({ data: [account], skipDuplicates: true });
  return count > 0;
}

/** False where the user has a place in the project already. */
export async function insertMember(
  connection: Connection,
  member: { projectId: ProjectId; id: MemberId; userId: string; role: Role },
): Promise<boolean> {
  const { count } = await connection.member.createMany({ data: [member], skipDuplicates: true });
  return count > 0;
}
