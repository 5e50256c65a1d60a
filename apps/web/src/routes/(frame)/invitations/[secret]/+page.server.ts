import { redirect } from '@sveltejs/kit';
import { acceptInvitationSchema, routes } from '@casebook/contracts';
import { attempt, call } from '#lib/server/api.ts';
import { checked, refuse, refused, textOf } from '#lib/server/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
  invitation: await call(event, routes.invitationPreview, { body: { secret: event.params.secret } }),
});

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const body = checked(acceptInvitationSchema, {
      secret: event.params.secret,
      password: textOf(form, 'password'),
      ...(form.has('name') ? { name: textOf(form, 'name') } : {}),
    });
    if (!body.ok) return refuse(form, body.errors);
    const done = await attempt(event, routes.acceptInvitation, { body: body.value });
    if (!done.ok) return refused(form, done.problem);
    redirect(303, '/');
  },
};
