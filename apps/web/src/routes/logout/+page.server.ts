import { redirect } from '@sveltejs/kit';
import { routes } from '@casebook/contracts';
import { attempt } from '#lib/server/api.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = () => redirect(303, '/');

export const actions: Actions = {
  default: async (event) => {
    await attempt(event, routes.logOut, {});
    redirect(303, '/login');
  },
};
