import { redirect } from '@sveltejs/kit';
import { logInSchema, routes } from '@casebook/contracts';
import { attempt } from '#lib/server/api.ts';
import { checked, refuse, refused, textOf } from '#lib/server/form.ts';
import { localPath } from '#lib/server/local-path.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
  if (locals.session !== null) redirect(303, localPath(url.searchParams.get('next')));
  return { reset: url.searchParams.has('reset') };
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const body = checked(logInSchema, { email: textOf(form, 'email'), password: textOf(form, 'password') });
    if (!body.ok) return refuse(form, body.errors);
    const done = await attempt(event, routes.logIn, { body: body.value });
    if (!done.ok) return refused(form, done.problem);
    redirect(303, localPath(event.url.searchParams.get('next')));
  },
};
