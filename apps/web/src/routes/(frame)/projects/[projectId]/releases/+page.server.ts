import { redirect } from '@sveltejs/kit';
import { routes } from '@casebook/contracts';
import { attempt, call } from '#lib/server/api.ts';
import { refused } from '#lib/server/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
  ...(await call(event, routes.releases, { params: event.params })),
});

export const actions: Actions = {
  make: async (event) => {
    const form = await event.request.formData();
    const done = await attempt(event, routes.makeRelease, { params: event.params });
    if (!done.ok) return refused(form, done.problem, 'make');
    redirect(303, `/projects/${event.params.projectId}/releases/${String(done.value.number)}`);
  },
};
