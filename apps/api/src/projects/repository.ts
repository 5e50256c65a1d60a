import { projectIdSchema } from '@casebook/contracts';
import type { MemberId, Project, ProjectId, Role, UserId } from '@casebook/contracts';
import type { Connection } from '../database/client.ts';
import { replaced } from '../judgements/replaced.ts';

interface Row {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly createdAt: Date;
  readonly passMark: number;
  readonly role: Role | null;
  readonly members: number;
  readonly collections: number;
  readonly tasks: number;
  readonly judgements: number;
}

/**
 * Projects that a user may see, oldest first; `only` leaves one of them. An annotator's judgements are their own: how
 * far others are is not for their eyes.
 */
export async function listProjects(
  connection: Connection,
  userId: UserId,
  only: ProjectId | undefined,
): Promise<Project[]> {
  const rows = await connection.$queryRaw<Row[]>`
    SELECT p."projectId" AS "id", p."name", p."description", p."createdAt", p."passMark", m."role"::text AS "role",
      (SELECT count(*)::int FROM "Member" x WHERE x."projectId" = p."projectId" AND x."disabledAt" IS NULL) AS "members",
      (SELECT count(*)::int FROM "Collection" x WHERE x."projectId" = p."projectId") AS "collections",
      (SELECT count(*)::int FROM "Task" x WHERE x."projectId" = p."projectId") AS "tasks",
      (SELECT count(*)::int FROM "Judgement" j WHERE j."projectId" = p."projectId"
        AND (u."isAdmin" OR m."role" <> 'annotator' OR j."coderId" = m."id")
        AND j."stage" = 'annotation' AND j."act" <> 'withdrawal' AND NOT j."extra" AND NOT j."informed"
        AND NOT ${replaced}) AS "judgements"
    FROM "Project" p
    JOIN "User" u ON u."id" = ${userId}::uuid
    LEFT JOIN "Member" m ON m."projectId" = p."projectId" AND m."userId" = u."id" AND m."disabledAt" IS NULL
    WHERE (u."isAdmin" OR m."id" IS NOT NULL) AND (${only ?? null}::uuid IS NULL OR p."projectId" = ${only ?? null}::uuid)
    ORDER BY p."createdAt", p."projectId"`;
  return rows.map(({ id, createdAt, name, description, passMark, role, ...counts }) => ({
    id: projectIdSchema.parse(id),
    name,
    description,
    createdAt: createdAt.toISOString(),
    passMark,
    role,
    counts,
  }));
}

/** A new project with its first manager. */
export async function insertProject(
  connection: Connection,
  project: { projectId: ProjectId; name: string; description: string },
  manager: { id: MemberId; userId: UserId },
): Promise<void> {
  await connection.project.create({ data: project });
  await connection.member.create({
    data: { projectId: project.projectId, id: manager.id, userId: manager.userId, role: 'manager' },
  });
}

export async function updateProject(
  connection: Connection,
  projectId: ProjectId,
  change: { name?: string; description?: string; passMark?: number },
): Promise<void> {
  await connection.project.update({ where: { projectId }, data: change });
}

/** The project of that id or name; undefined where there is none, or several are called so. */
export async function findByIdOrName(connection: Connection, named: string): Promise<ProjectId | undefined> {
  const id = projectIdSchema.safeParse(named);
  const [only, another] = await connection.project.findMany({
    where: id.success ? { projectId: id.data } : { name: named },
    select: { projectId: true },
    take: 2,
  });
  return only === undefined || another !== undefined ? undefined : projectIdSchema.parse(only.projectId);
}
