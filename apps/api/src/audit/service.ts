import type { AuditEntry, AuditFilter, PageQuery, ProjectId } from '@casebook/contracts';
import { tableRow } from '@casebook/corpora';
import { z } from 'zod';
import type { Principal } from '../access/principal.ts';
import { requireRight } from '../access/rules.ts';
import { Malformed } from '../errors.ts';
import type { Services } from '../services.ts';
import * as repository from './repository.ts';

const cursorSchema = z.uuidv7().optional();

/** What was done in a project, newest first; for managers. */
export async function listAudit(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  { cursor: given, limit, ...filter }: PageQuery & AuditFilter,
): Promise<{ rows: AuditEntry[]; next: string | null }> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'manage', 'read');
  const cursor = cursorSchema.safeParse(given);
  if (!cursor.success) throw new Malformed('cursor: expected the `next` of an earlier page.');
  const found = await repository.listAudit(prisma, projectId, filter, cursor.data, limit + 1);
  const rows = found.slice(0, limit);
  return { rows, next: found.length > rows.length ? (rows.at(-1)?.id ?? null) : null };
}

const ROWS_AT_ONCE = 500;
const STYLE = { separator: ',', formulas: 'guarded' } as const;

async function* auditRows(
  services: Services,
  projectId: ProjectId,
  filter: AuditFilter,
): AsyncGenerator<string> {
  yield tableRow(['id', 'at', 'actor', 'action', 'subject'], STYLE);
  let last: string | undefined;
  for (;;) {
    const entries = await repository.listAudit(
      services.database.prisma,
      projectId,
      filter,
      last,
      ROWS_AT_ONCE,
    );
    for (const { id, at, actor, action, subject } of entries) {
      yield tableRow([id, at, actor, action, JSON.stringify(subject)], STYLE);
    }
    last = entries.at(-1)?.id;
    if (entries.length < ROWS_AT_ONCE) return;
  }
}

/** What was done in a project as CSV, newest first; for managers. What is written meanwhile is left out. */
export async function auditTable(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  filter: AuditFilter,
): Promise<AsyncIterable<string>> {
  await requireRight(services.database.prisma, principal, projectId, 'manage', 'read');
  return auditRows(services, projectId, filter);
}
