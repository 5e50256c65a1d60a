import { routes } from '@casebook/contracts';
import { call } from '#lib/server/api.ts';
import { requireSession } from '#lib/server/session.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
  session: await requireSession(event),
  boards: await call(event, routes.cases, {}),
});
