import { projectIdSchema, taskIdSchema } from '@casebook/contracts';
import { error } from '@sveltejs/kit';
import type { PageLoad } from './$types';

/** The page works from what is on this device; the server could not draw it. */
export const ssr = false;

export const load: PageLoad = ({ params }) => {
  const projectId = projectIdSchema.safeParse(params.projectId);
  const taskId = taskIdSchema.safeParse(params.taskId);
  if (!projectId.success || !taskId.success) error(404, 'There is no such task.');
  return { projectId: projectId.data, taskId: taskId.data };
};
