import { error, redirect } from '@sveltejs/kit';
import { makeProjectSchema, routes } from '@casebook/contracts';
import { attempt } from '#lib/server/api.ts';
import { checked, refuse, refused, textOf } from '#lib/server/form.ts';
import { requireSession } from '#lib/server/session.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const session = await requireSession(event);
  if (!session.user.isAdmin) error(404, 'There is nothing here.');
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const body = checked(makeProjectSchema, {
      name: textOf(form, 'name'),
      description: textOf(form, 'description'),
    });
    if (!body.ok) return refuse(form, body.errors);
    const done = await attempt(event, routes.makeProject, { body: body.value });
    if (!done.ok) return refused(form, done.problem);
    redirect(303, `/projects/${done.value.id}`);
  },
};
