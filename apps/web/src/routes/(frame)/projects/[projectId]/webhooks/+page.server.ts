import { makeWebhookSchema, routes, webhookEventSchema } from '@casebook/contracts';
import { attempt, call } from '#lib/server/api.ts';
import { checked, refuse, refused, textOf } from '#lib/server/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
  webhooks: await call(event, routes.webhooks, { params: event.params }),
});

export const actions: Actions = {
  make: async (event) => {
    const form = await event.request.formData();
    const chosen = form.getAll('event');
    const body = checked(makeWebhookSchema, {
      url: textOf(form, 'url'),
      events: webhookEventSchema.options.filter((name) => chosen.includes(name)),
    });
    if (!body.ok) return refuse(form, body.errors, 'make');
    const done = await attempt(event, routes.makeWebhook, { params: event.params, body: body.value });
    if (!done.ok) return refused(form, done.problem, 'make');
    return { made: done.value };
  },
};
