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
