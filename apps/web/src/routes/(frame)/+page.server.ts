import { routes } from '@casebook/contracts';
import { call } from '#lib/server/api.ts';
import { requireSession } from '#lib/server/session.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const session = await requireSession(event);
  const [cases, projects] = await Promise.all([
    call(event, routes.desk, {}),
    call(event, routes.projects, {}),
  ]);
  return { session, cases, projects };
};
