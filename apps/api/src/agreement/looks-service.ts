import { fileURLToPath } from 'node:url';
import { looksComparedSchema, taskIdSchema } from '@casebook/contracts';
import type { LooksCompared, ProjectId, TaskId } from '@casebook/contracts';
import type { Principal } from '../access/principal.ts';
import { requireRight } from '../access/rules.ts';
import { NotFound } from '../errors.ts';
import type { Services } from '../services.ts';
import { findTaskToCompare } from './repository.ts';
import { answerOf } from './worker.ts';

const RESAMPLES = 1_000;
const COMPUTATION = fileURLToPath(new URL('./looks-computation.ts', import.meta.url));

/** Agreement of a second look before and after. @throws NotFound for a task that is none */
export async function looksCompared(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  taskId: TaskId,
): Promise<LooksCompared> {
  const { prisma, url: databaseUrl } = services.database;
  await requireRight(prisma, principal, projectId, 'read-results');
  const task = await findTaskToCompare(prisma, projectId, taskId);
  if (task === undefined || task.secondLookOf === null) throw new NotFound();
  const { type, protocol, seed, secondLookOf } = task;
  const drawing = { seed, resamples: RESAMPLES };
  const order = { databaseUrl, projectId, taskId, firstTaskId: secondLookOf, type, protocol, ...drawing };
  const looks = await answerOf(COMPUTATION, order, undefined);
  return looksComparedSchema.parse({ of: taskIdSchema.parse(secondLookOf), ...drawing, ...Object(looks) });
}
