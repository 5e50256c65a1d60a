import { redirect } from '@sveltejs/kit';
import { acceptInvitationSchema, routes, signInRefusalSchema } from '@casebook/contracts';
import { attempt, call } from '#lib/server/api.ts';
import { checked, refuse, refused, textOf } from '#lib/server/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const refused = signInRefusalSchema.safeParse(event.url.searchParams.get('refused'));
  const [invitation, ways] = await Promise.all([
    call(event, routes.invitationPreview, { body: { secret: event.params.secret } }),
    call(event, routes.signInWays, {}),
  ]);
  return { invitation, ways, secret: event.params.secret, refused: refused.success ? refused.data : null };
};

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
