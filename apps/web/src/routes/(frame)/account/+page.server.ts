import { redirect } from '@sveltejs/kit';
import { changePasswordSchema, routes } from '@casebook/contracts';
import { attempt } from '#lib/server/api.ts';
import { checked, refuse, refused, textOf } from '#lib/server/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals }) => {
  if (locals.session === null) redirect(303, '/login?next=/account');
  return { session: locals.session };
};

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const body = checked(changePasswordSchema, {
      current: textOf(form, 'current'),
      password: textOf(form, 'password'),
    });
    if (!body.ok) return refuse(form, body.errors);
    const done = await attempt(event, routes.changePassword, { body: body.value });
    if (!done.ok) return refused(form, done.problem);
    return { changed: true as const };
  },
};
