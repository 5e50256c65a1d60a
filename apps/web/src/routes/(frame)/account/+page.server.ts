import { changePasswordSchema, routes } from '@casebook/contracts';
import { attempt, call } from '#lib/server/api.ts';
import { checked, refuse, refused, textOf } from '#lib/server/form.ts';
import { requireSession } from '#lib/server/session.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
  session: await requireSession(event),
  ways: await call(event, routes.signInWays, {}),
});

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
