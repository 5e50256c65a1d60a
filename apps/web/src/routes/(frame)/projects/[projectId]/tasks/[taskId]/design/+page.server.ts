import { routes } from '@casebook/contracts';
import { call } from '#lib/server/api.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
  design: await call(event, routes.taskDesign, { params: event.params }),
});
