import { makeTokenSchema, routes } from '@casebook/contracts';
import { attempt, call } from '#lib/server/api.ts';
import { checked, refuse, refused, textOf } from '#lib/server/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
  tokens: await call(event, routes.tokens, { params: event.params }),
});

export const actions: Actions = {
  make: async (event) => {
    const form = await event.request.formData();
    const body = checked(makeTokenSchema, {
      name: textOf(form, 'name'),
      scope: textOf(form, 'scope') === 'write' ? 'write' : 'read',
      expiresInDays: Number(textOf(form, 'expiresInDays')),
    });
    if (!body.ok) return refuse(form, body.errors, 'make');
    const done = await attempt(event, routes.makeToken, { params: event.params, body: body.value });
    if (!done.ok) return refused(form, done.problem, 'make');
    return { made: done.value };
  },
  revoke: async (event) => {
    const form = await event.request.formData();
    const done = await attempt(event, routes.revokeToken, {
      params: { ...event.params, tokenId: textOf(form, 'tokenId') },
    });
    if (!done.ok) return refused(form, done.problem, 'revoke');
    return {};
  },
};
