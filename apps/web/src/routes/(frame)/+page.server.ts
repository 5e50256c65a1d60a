import { routes } from '@casebook/contracts';
import { call } from '#lib/server/api.ts';
import { requireSession } from '#lib/server/session.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const session = await requireSession(event);
  const [cases, questions, projects] = await Promise.all([
    call(event, routes.desk, {}),
    call(event, routes.deskQuestions, {}),
    call(event, routes.projects, {}),
  ]);
  return { session, cases, questions, projects };
};
