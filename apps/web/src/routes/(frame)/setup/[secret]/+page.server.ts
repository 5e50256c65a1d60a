import { redirect } from '@sveltejs/kit';
import { routes, setUpSchema } from '@casebook/contracts';
import { attempt, call } from '#lib/server/api.ts';
import { checked, refuse, refused, textOf } from '#lib/server/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  await call(event, routes.setUpState, {});
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const body = checked(setUpSchema, {
      secret: event.params.secret,
      email: textOf(form, 'email'),
      name: textOf(form, 'name'),
      password: textOf(form, 'password'),
    });
    if (!body.ok) return refuse(form, body.errors);
    const done = await attempt(event, routes.setUp, { body: body.value });
    if (!done.ok) return refused(form, done.problem);
    redirect(303, '/');
  },
};
