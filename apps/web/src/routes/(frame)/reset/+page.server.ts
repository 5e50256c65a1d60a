import { requestResetSchema, routes } from '@casebook/contracts';
import { attempt, call } from '#lib/server/api.ts';
import { checked, refuse, refused, textOf } from '#lib/server/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => call(event, routes.resetState, {});

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const body = checked(requestResetSchema, { email: textOf(form, 'email') });
    if (!body.ok) return refuse(form, body.errors);
    const done = await attempt(event, routes.requestReset, { body: body.value });
    if (!done.ok) return refused(form, done.problem);
    return { sent: true as const };
  },
};
