import { projectIdSchema, taskIdSchema } from '@casebook/contracts';
import { error } from '@sveltejs/kit';
import type { PageLoad } from './$types';

/** The page is an editor, which the server could not draw. */
export const ssr = false;

export const load: PageLoad = ({ params }) => {
  const projectId = projectIdSchema.safeParse(params.projectId);
  const taskId = taskIdSchema.safeParse(params.taskId);
  if (!projectId.success || !taskId.success) error(404, 'There is no such training.');
  return { projectId: projectId.data, taskId: taskId.data };
};
