import { routes } from '@casebook/contracts';
import { call } from '#lib/server/api.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async (event) => {
  event.depends('casebook:progress');
  return { task: await call(event, routes.task, { params: event.params }) };
};
