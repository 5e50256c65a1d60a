import { leaseIdSchema, memberIdSchema, sectionIdSchema, validationLeaseIdSchema } from '@casebook/contracts';
import type { LeaseId, ProjectId, SectionRow, TaskId, ValidationLeaseId } from '@casebook/contracts';
import type { Connection } from '../../database/client.ts';

interface LeaseRow {
  readonly sectionId: string;
  readonly id: string;
  readonly memberId: string;
  readonly coder: string;
  readonly state: SectionRow['leases'][number]['state'];
  readonly judged: number;
  readonly expiresAt: Date;
  readonly deadline: Date | null;
}

/** Sections behind a position, in order, with who holds or has held them; at most `limit`. */
export async function listSections(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
  after: number,
  limit: number,
): Promise<SectionRow[]> {
  const sections = await connection.section.findMany({
    where: { projectId, taskId, position: { gt: after } },
    select: {
      ...{ id: true, position: true, name: true, units: true, wanted: true },
      ...{ stage: true, validatorsWanted: true },
    },
    orderBy: { position: 'asc' },
    take: limit,
  });
  const ids = sections.map(({ id }) => id);
  const leases = await listLeases(connection, projectId, ids);
  const validationLeases = await listValidationLeases(connection, projectId, ids);
  return sections.map((section) => ({
    ...section,
    id: sectionIdSchema.parse(section.id),
    leases: (leases.get(section.id) ?? []).map(({ sectionId: _sectionId, ...lease }) => ({
      ...lease,
      id: leaseIdSchema.parse(lease.id),
      memberId: memberIdSchema.parse(lease.memberId),
      expiresAt: lease.expiresAt.toISOString(),
      deadline: lease.deadline?.toISOString() ?? null,
    })),
    validationLeases: (validationLeases.get(section.id) ?? []).map(({ sectionId: _sectionId, ...lease }) => ({
      ...lease,
      id: validationLeaseIdSchema.parse(lease.id),
      memberId: memberIdSchema.parse(lease.memberId),
      expiresAt: lease.expiresAt.toISOString(),
    })),
  }));
}

/** Leases by section, the oldest first, each with how many of its units stand judged. */
async function listLeases(
  connection: Connection,
  projectId: ProjectId,
  sectionIds: readonly string[],
): Promise<Map<string, LeaseRow[]>> {
  const rows = await connection.$queryRaw<LeaseRow[]>`
    SELECT l."sectionId", l."id", l."memberId", u."name" AS "coder", l."state"::text AS "state", l."expiresAt", l."deadline",
      (SELECT count(*)::int FROM "Judgement" j
        WHERE j."projectId" = l."projectId" AND j."sectionId" = l."sectionId" AND j."coderId" = l."memberId"
          AND j."stage" = 'annotation' AND j."act" <> 'withdrawal'
          AND NOT EXISTS (
            SELECT 1 FROM "Judgement" n WHERE n."projectId" = j."projectId" AND n."supersedesId" = j."id")) AS "judged"
    FROM "Lease" l
    JOIN "Member" m ON m."projectId" = l."projectId" AND m."id" = l."memberId"
    JOIN "User" u ON u."id" = m."userId"
    WHERE l."projectId" = ${projectId}::uuid AND l."sectionId" = ANY (${sectionIds}::uuid[])
    ORDER BY l."grantedAt", l."id"`;
  return Map.groupBy(rows, ({ sectionId }) => sectionId);
}

type ValidationLeaseRow = Omit<LeaseRow, 'deadline'> & { readonly readings: number };

/** Validation leases by section, the oldest first, each with how many of the readings of its round have a verdict. */
async function listValidationLeases(
  connection: Connection,
  projectId: ProjectId,
  sectionIds: readonly string[],
): Promise<Map<string, ValidationLeaseRow[]>> {
  const rows = await connection.$queryRaw<ValidationLeaseRow[]>`
    SELECT l."sectionId", l."id", l."memberId", u."name" AS "coder", l."state"::text AS "state", l."expiresAt",
      shown."readings", shown."judged"
    FROM "ValidationLease" l
    JOIN "Member" m ON m."projectId" = l."projectId" AND m."id" = l."memberId"
    JOIN "User" u ON u."id" = m."userId"
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS "readings", (count(*) FILTER (WHERE EXISTS (SELECT 1 FROM "Validation" v
          WHERE v."projectId" = r."projectId" AND v."shownReadingId" = r."id" AND v."coderId" = l."memberId")))::int AS "judged"
      FROM "ShownReading" r
      WHERE r."projectId" = l."projectId" AND r."sectionId" = l."sectionId" AND r."round" = l."round"
    ) shown
    WHERE l."projectId" = ${projectId}::uuid AND l."sectionId" = ANY (${sectionIds}::uuid[])
    ORDER BY l."grantedAt", l."id"`;
  return Map.groupBy(rows, ({ sectionId }) => sectionId);
}

export type Given = 'given' | 'full' | 'finished-already' | 'validated' | 'unknown';

/** Gives a section to a coder where a place is free, or where they had it before. */
export async function giveSection(
  connection: Connection,
  gift: {
    projectId: ProjectId;
    taskId: TaskId;
    sectionId: string;
    memberId: string;
    leaseId: LeaseId;
    seconds: number;
    deadline: Date | null;
    givenBy: string | null;
  },
): Promise<Given> {
  const rows = await connection.$queryRaw<{ outcome: Given }[]>`
    SELECT "outcome" FROM give_section(
      ${gift.projectId}::uuid, ${gift.taskId}::uuid, ${gift.sectionId}::uuid, ${gift.memberId}::uuid, ${gift.leaseId}::uuid,
      ${gift.seconds}::int, ${gift.deadline}::timestamptz, ${gift.givenBy}::uuid)`;
  return rows[0]?.outcome ?? 'unknown';
}

/** Lets a coder into a task that only named ones may work on. */
export async function nameCoder(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
  memberId: string,
  deadline: Date | null,
): Promise<void> {
  await connection.taskCoder.createMany({
    data: [{ projectId, taskId, memberId, deadline }],
    skipDuplicates: true,
  });
}

export async function findLease(
  connection: Connection,
  projectId: ProjectId,
  id: LeaseId,
): Promise<{ taskId: string; sectionId: string; memberId: string } | null> {
  return connection.lease.findUnique({
    where: { projectId_id: { projectId, id } },
    select: { taskId: true, sectionId: true, memberId: true },
  });
}

/** Frees the place of an active lease; false where it was active no longer. */
export async function reclaimLease(
  connection: Connection,
  projectId: ProjectId,
  leaseId: LeaseId,
): Promise<boolean> {
  const rows = await connection.$queryRaw<{ freed: boolean }[]>`
    SELECT "freed" FROM free_lease(${projectId}::uuid, ${leaseId}::uuid, 'reclaimed')`;
  return rows[0]?.freed ?? false;
}

export async function findValidationLease(
  connection: Connection,
  projectId: ProjectId,
  id: ValidationLeaseId,
): Promise<{ taskId: string; sectionId: string; memberId: string } | null> {
  return connection.validationLease.findUnique({
    where: { projectId_id: { projectId, id } },
    select: { taskId: true, sectionId: true, memberId: true },
  });
}

/** Frees the place of a validator who is at work; false where he is no longer. */
export async function reclaimValidationLease(
  connection: Connection,
  projectId: ProjectId,
  leaseId: ValidationLeaseId,
): Promise<boolean> {
  const rows = await connection.$queryRaw<{ freed: boolean }[]>`
    SELECT "freed" FROM reclaim_validation(${projectId}::uuid, ${leaseId}::uuid)`;
  return rows[0]?.freed ?? false;
}
