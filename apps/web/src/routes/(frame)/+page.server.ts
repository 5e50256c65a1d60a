import { redirect } from '@sveltejs/kit';
import { routes } from '@casebook/contracts';
import { call } from '#lib/server/api.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { session } = event.locals;
  if (session === null) redirect(303, '/login');
  const [cases, projects] = await Promise.all([
    call(event, routes.desk, {}),
    call(event, routes.projects, {}),
  ]);
  return { session, cases, projects };
};
