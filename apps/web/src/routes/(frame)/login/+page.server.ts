import { redirect } from '@sveltejs/kit';
import { logInSchema, routes, signInRefusalSchema } from '@casebook/contracts';
import { attempt, call } from '#lib/server/api.ts';
import { checked, refuse, refused, textOf } from '#lib/server/form.ts';
import { localPath } from '#lib/server/local-path.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { locals, url } = event;
  const next = localPath(url.searchParams.get('next'));
  if (locals.session !== null) redirect(303, next);
  const refused = signInRefusalSchema.safeParse(url.searchParams.get('refused'));
  return {
    reset: url.searchParams.has('reset'),
    next,
    ways: await call(event, routes.signInWays, {}),
    refused: refused.success ? refused.data : null,
  };
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
