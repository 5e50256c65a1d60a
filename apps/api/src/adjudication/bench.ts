import type { BenchQuery, ProjectId, TaskId, UnitOnBench } from '@casebook/contracts';
import { unitIdSchema } from '@casebook/contracts';
import { taskTypeServers } from '@casebook/task-types/server';
import type { Principal } from '../access/principal.ts';
import { requireRight } from '../access/rules.ts';
import { Malformed, NotFound } from '../errors.ts';
import type { Services } from '../services.ts';
import { listOnBench } from './bench-repository.ts';
import type { PlaceOnBench } from './bench-repository.ts';
import { findTaskType } from './repository.ts';

/** Units that wait for an adjudicator, or that the filter asks for, the most uncertain first. */
export async function bench(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  taskId: TaskId,
  { cursor, limit, filter }: BenchQuery,
): Promise<{ rows: UnitOnBench[]; next: string | null }> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'manage', 'read');
  const type = await findTaskType(prisma, projectId, taskId);
  if (type === undefined) throw new NotFound();
  const property = taskTypeServers.get(type)?.contract.corrections?.property ?? null;
  const after = cursor === undefined ? null : placeOf(cursor);
  const found = await listOnBench(prisma, projectId, taskId, filter, after, limit + 1, property);
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  const more = last !== undefined && found.length > limit;
  return { rows, next: more ? `${last.uncertainty}_${last.unitId}` : null };
}

function placeOf(cursor: string): PlaceOnBench {
  const [uncertainty, unitId] = cursor.split('_');
  const id = unitIdSchema.safeParse(unitId);
  const value = Number(uncertainty === '' ? Number.NaN : uncertainty);
  if (!id.success || !Number.isFinite(value))
    throw new Malformed('The cursor is not one that was given out.');
  return { uncertainty: value, unitId: id.data };
}
