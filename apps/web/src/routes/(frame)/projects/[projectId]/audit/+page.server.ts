import { routes } from '@casebook/contracts';
import { call } from '#lib/server/api.ts';
import { cursorOf } from '#lib/server/cursor.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
  entries: await call(event, routes.audit, { params: event.params, query: cursorOf(event.url) }),
});
