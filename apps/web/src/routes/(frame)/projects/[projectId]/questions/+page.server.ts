import { routes } from '@casebook/contracts';
import { call } from '#lib/server/api.ts';
import { requireSession } from '#lib/server/session.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.depends('casebook:questions');
  const [session, questions] = await Promise.all([
    requireSession(event),
    call(event, routes.questions, { params: event.params }),
  ]);
  return { questions, userId: session.user.id };
};
