import { redirect } from '@sveltejs/kit';
import { redeemResetSchema, routes } from '@casebook/contracts';
import { attempt } from '#lib/server/api.ts';
import { checked, refuse, refused, textOf } from '#lib/server/form.ts';
import type { Actions } from './$types';

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const body = checked(redeemResetSchema, {
      secret: event.params.secret,
      password: textOf(form, 'password'),
    });
    if (!body.ok) return refuse(form, body.errors);
    const done = await attempt(event, routes.redeemReset, { body: body.value });
    if (!done.ok) return refused(form, done.problem);
    redirect(303, '/login?reset');
  },
};
