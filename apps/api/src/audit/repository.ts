import { auditEntrySchema } from '@casebook/contracts';
import type { AuditEntry, AuditFilter, ProjectId } from '@casebook/contracts';
import { uuidv7 } from 'uuidv7';
import type { Connection } from '../database/client.ts';

export interface AuditRecord {
  readonly actorId: string | null;
  /** What was done, `thing.deed`: `invitation.made`. */
  readonly action: string;
  readonly subject: Record<string, string | number | boolean | null>;
}

/** Writes down what was done in a project, within the transaction that does it. */
export async function recordInProject(
  connection: Connection,
  projectId: ProjectId,
  record: AuditRecord,
): Promise<void> {
  await connection.audit.create({ data: { projectId, id: uuidv7(), ...record } });
}

/** Writes down what was done to the instance. */
export async function recordInInstance(connection: Connection, record: AuditRecord): Promise<void> {
  await connection.instanceAudit.create({ data: { id: uuidv7(), ...record } });
}

export async function listAudit(
  connection: Connection,
  projectId: ProjectId,
  filter: AuditFilter,
  olderThan: string | undefined,
  limit: number,
): Promise<readonly AuditEntry[]> {
  const rows = await connection.audit.findMany({
    where: {
      projectId,
      ...(olderThan === undefined ? {} : { id: { lt: olderThan } }),
      ...(filter.action === undefined ? {} : { action: { startsWith: filter.action } }),
      at: {
        ...(filter.from === undefined ? {} : { gte: filter.from }),
        ...(filter.before === undefined ? {} : { lt: filter.before }),
      },
    },
    orderBy: { id: 'desc' },
    take: limit,
  });
  const actorIds = [...new Set(rows.flatMap((row) => (row.actorId === null ? [] : [row.actorId])))];
  const actors = await connection.user.findMany({
    where: { id: { in: actorIds } },
    select: { id: true, name: true },
  });
  const names = new Map(actors.map((actor) => [actor.id, actor.name]));
  return rows.map((row) => ({
    id: row.id,
    at: row.at.toISOString(),
    actor: row.actorId === null ? null : (names.get(row.actorId) ?? null),
    action: row.action,
    subject: auditEntrySchema.shape.subject.parse(row.subject),
  }));
}
