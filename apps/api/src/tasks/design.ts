import { tupleBalance } from '@casebook/agreement';
import type { ProjectId, TaskDesign, TaskId } from '@casebook/contracts';
import { taskTypeServers } from '@casebook/task-types/server';
import type { Principal } from '../access/principal.ts';
import { requireRight } from '../access/rules.ts';
import { NotFound } from '../errors.ts';
import type { Services } from '../services.ts';
import { eachUnitContent } from './repository.ts';
import { taskOf } from './service.ts';

/**
 * How evenly the units of a task spread over its items, counted from the units themselves and not from what they were
 * planned by.
 *
 * @throws NotFound where each unit stands in one item, or the task is not planned.
 */
export async function readDesign(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  taskId: TaskId,
): Promise<TaskDesign> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'read-results');
  const task = await taskOf(prisma, projectId, taskId);
  const type = taskTypeServers.get(task.type);
  if (type?.across === undefined || !task.planned) throw new NotFound();
  const numbers = new Map<string, number>();
  const tuples: number[][] = [];
  for await (const content of eachUnitContent(prisma, projectId, taskId)) {
    const items = type.across.itemsOf(type.contract.unit.parse(content));
    tuples.push(
      items.map((item) => {
        const number = numbers.get(item) ?? numbers.size;
        numbers.set(item, number);
        return number;
      }),
    );
  }
  return { units: tuples.length, items: numbers.size, ...tupleBalance(tuples, numbers.size) };
}
