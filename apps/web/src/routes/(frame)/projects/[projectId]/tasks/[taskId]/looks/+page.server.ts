import { routes } from '@casebook/contracts';
import { error } from '@sveltejs/kit';
import { call } from '#lib/server/api.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { task } = await event.parent();
  if (task.secondLook === null) error(404, 'This task looks at nothing again.');
  // The page is there at once; what takes its time comes after it.
  return { looks: call(event, routes.looksCompared, { params: event.params }) };
};
