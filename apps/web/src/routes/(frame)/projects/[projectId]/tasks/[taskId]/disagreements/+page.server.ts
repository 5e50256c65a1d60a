import { routes } from '@casebook/contracts';
import { call } from '#lib/server/api.ts';
import { cursorOf } from '#lib/server/cursor.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.depends('casebook:agreement');
  return {
    disagreements: await call(event, routes.disagreements, {
      params: event.params,
      query: cursorOf(event.url),
    }),
  };
};
