import { streams } from '@casebook/contracts';
import { taskTypeContracts } from '@casebook/task-types/contract';
import { error } from '@sveltejs/kit';
import { addressOf } from '#lib/address.ts';
import type { PageLoad } from './$types';

/** Where the task's ratings are taken from. 404 for tasks that have no table of them. */
export const load: PageLoad = async ({ parent }) => {
  const { project, task } = await parent();
  const format = taskTypeContracts.get(task.type)?.ratingTable;
  if (format === undefined) error(404, 'This task has no table of ratings.');
  return { ratings: addressOf(streams.export, { projectId: project.id, taskId: task.id, format }) };
};
