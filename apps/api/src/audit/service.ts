import type { AuditEntry, PageQuery, ProjectId } from '@casebook/contracts';
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
  page: PageQuery,
): Promise<{ rows: AuditEntry[]; next: string | null }> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'manage', 'read');
  const cursor = cursorSchema.safeParse(page.cursor);
  if (!cursor.success) throw new Malformed('cursor: expected the `next` of an earlier page.');
  const found = await repository.listAudit(prisma, projectId, cursor.data, page.limit + 1);
  const rows = found.slice(0, page.limit);
  return { rows, next: found.length > rows.length ? (rows.at(-1)?.id ?? null) : null };
}
