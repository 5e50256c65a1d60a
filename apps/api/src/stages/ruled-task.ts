import type { ProjectId, TaskId } from '@casebook/contracts';
import { taskTypeServers } from '@casebook/task-types/server';
import type { Connection } from '../database/client.ts';
import { findTask } from './repository.ts';
import type { TaskToWeigh } from './weigh-sections.ts';

/** A task whose sections go through stages, with the rule of its conference; undefined where differing is no dispute. */
export async function ruledTask(
  connection: Connection,
  projectId: ProjectId,
  taskId: TaskId,
): Promise<(TaskToWeigh & { readonly open: boolean }) | undefined> {
  const task = await findTask(connection, projectId, taskId);
  const type = task === undefined ? undefined : taskTypeServers.get(task.type);
  if (task === undefined || type?.disputes === undefined) return undefined;
  const rule = type.disputes.conference(type.contract.protocol.parse(task.protocol));
  return { type, protocol: task.protocol, rule, open: task.open };
}
