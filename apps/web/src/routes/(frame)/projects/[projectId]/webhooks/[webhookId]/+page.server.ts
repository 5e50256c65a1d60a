import { routes } from '@casebook/contracts';
import { error, redirect } from '@sveltejs/kit';
import { attempt, call } from '#lib/server/api.ts';
import { cursorOf } from '#lib/server/cursor.ts';
import { refused, textOf } from '#lib/server/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { params, url } = event;

  const [webhooks, deliveries] = await Promise.all([
    call(event, routes.webhooks, { params }),
    call(event, routes.webhookDeliveries, { params, query: { ...cursorOf(url), limit: 50 } }),
  ]);
  const webhook = webhooks.find(({ id }) => id === params.webhookId);
  if (webhook === undefined) error(404, 'There is nothing here.');
  return { webhook, deliveries };
};

export const actions: Actions = {
  test: async (event) => {
    const form = await event.request.formData();
    const done = await attempt(event, routes.testWebhook, { params: event.params });
    return done.ok ? { said: 'A test is on its way.' } : refused(form, done.problem, 'change');
  },
  redeliver: async (event) => {
    const form = await event.request.formData();
    const done = await attempt(event, routes.redeliver, {
      params: { ...event.params, deliveryId: textOf(form, 'deliveryId') },
    });
    return done.ok ? { said: 'The message is on its way again.' } : refused(form, done.problem, 'change');
  },
  enable: async (event) => {
    const form = await event.request.formData();
    const enabled = textOf(form, 'enabled') === 'yes';
    const done = await attempt(event, routes.changeWebhook, { params: event.params, body: { enabled } });
    if (!done.ok) return refused(form, done.problem, 'change');
    return { said: enabled ? 'Messages are sent again.' : 'Nothing is sent any more.' };
  },
  remove: async (event) => {
    const form = await event.request.formData();
    const done = await attempt(event, routes.removeWebhook, { params: event.params });
    if (!done.ok) return refused(form, done.problem, 'change');
    redirect(303, `/projects/${event.params.projectId}/webhooks`);
  },
};
