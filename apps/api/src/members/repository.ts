import { memberIdSchema } from '@casebook/contracts';
import type { Member, MemberId, ProjectId, Role } from '@casebook/contracts';
import type { Connection, Prisma } from '../database/client.ts';

const SELECTION = {
  id: true,
  role: true,
  disabledAt: true,
  createdAt: true,
  user: { select: { name: true, email: true } },
} as const satisfies Prisma.MemberSelect;

function memberOf(row: Prisma.MemberGetPayload<{ select: typeof SELECTION }>): Member {
  return {
    id: memberIdSchema.parse(row.id),
    name: row.user.name,
    email: row.user.email,
    role: row.role,
    disabled: row.disabledAt !== null,
    joinedAt: row.createdAt.toISOString(),
  };
}

/** Members of a project, the disabled ones too, in the order in which they came. */
export async function listMembers(connection: Connection, projectId: ProjectId): Promise<Member[]> {
  const rows = await connection.member.findMany({
    where: { projectId },
    select: SELECTION,
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  return rows.map(memberOf);
}

export async function findMember(
  connection: Connection,
  projectId: ProjectId,
  id: MemberId,
): Promise<Member | undefined> {
  const row = await connection.member.findUnique({
    where: { projectId_id: { projectId, id } },
    select: SELECTION,
  });
  return row === null ? undefined : memberOf(row);
}

export async function updateMember(
  connection: Connection,
  projectId: ProjectId,
  id: MemberId,
  change: { role: Role; disabled: boolean },
): Promise<void> {
  await connection.$executeRaw`
    UPDATE "Member" SET "role" = ${change.role}::"Role",
      "disabledAt" = CASE WHEN ${change.disabled} THEN coalesce("disabledAt", now()) END
    WHERE "projectId" = ${projectId}::uuid AND "id" = ${id}::uuid`;
}

/** Whether somebody is left who may manage the project from within: a manager, or a member who is an admin. */
export async function somebodyManages(connection: Connection, projectId: ProjectId): Promise<boolean> {
  const manager = await connection.member.findFirst({
    where: {
      projectId,
      disabledAt: null,
      user: { disabledAt: null },
      OR: [{ role: 'manager' }, { user: { isAdmin: true } }],
    },
    select: { id: true },
  });
  return manager !== null;
}

/** A member's account, as far as it matters for who may set its password anew. */
export interface HeldAccount {
  readonly userId: string;
  readonly isAdmin: boolean;
  readonly accountDisabled: boolean;
  /** Whether all its places, the disabled ones too, are in projects that a certain other user manages. */
  readonly withinReach: boolean;
}

/**
 * The account behind a member, seen from a user who wants a hold on it. It is kept from entering further projects
 * until the transaction ends.
 */
export async function holdAccountOf(
  connection: Connection,
  projectId: ProjectId,
  id: MemberId,
  managerId: string,
): Promise<HeldAccount | undefined> {
  // In a statement of its own, so that the next one sees places that were taken while this one waited.
  await connection.$queryRaw`
    SELECT 1 FROM "User" WHERE "id" IN (
      SELECT "userId" FROM "Member" WHERE "projectId" = ${projectId}::uuid AND "id" = ${id}::uuid)
    FOR UPDATE`;
  const rows = await connection.$queryRaw<HeldAccount[]>`
    SELECT u."id" AS "userId", u."isAdmin", u."disabledAt" IS NOT NULL AS "accountDisabled",
      NOT EXISTS (
        SELECT 1 FROM "Member" place WHERE place."userId" = u."id" AND NOT EXISTS (
          SELECT 1 FROM "Member" m WHERE m."projectId" = place."projectId" AND m."userId" = ${managerId}::uuid
            AND m."role" = 'manager' AND m."disabledAt" IS NULL)
      ) AS "withinReach"
    FROM "Member" held JOIN "User" u ON u."id" = held."userId"
    WHERE held."projectId" = ${projectId}::uuid AND held."id" = ${id}::uuid`;
  return rows[0];
}
