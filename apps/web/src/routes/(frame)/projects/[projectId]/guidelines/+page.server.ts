import { routes, withdrawDecisionSchema, writeGuidelineSchema } from '@casebook/contracts';
import { attempt, call } from '#lib/server/api.ts';
import { checked, refuse, refused, textOf } from '#lib/server/form.ts';
import { requireSession } from '#lib/server/session.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { params } = event;
  const { studies } = await event.parent();
  const from = event.url.searchParams.get('from');
  const to = event.url.searchParams.get('to');
  const [session, versions, decisions, use, compared] = await Promise.all([
    requireSession(event),
    call(event, routes.guidelines, { params }),
    call(event, routes.decisions, { params }),
    studies ? call(event, routes.guidelineUse, { params }) : [],
    from === null || to === null
      ? null
      : call(event, routes.guidelineChanges, { params, query: { from, to } }),
  ]);
  return {
    versions,
    decisions,
    use,
    compared,
    userId: session.user.id,
    asked: Number(event.url.searchParams.get('version')),
  };
};

export const actions: Actions = {
  write: async (event) => {
    const form = await event.request.formData();
    const note = textOf(form, 'note').trim();
    const body = checked(writeGuidelineSchema, {
      markdown: textOf(form, 'markdown'),
      ...(note === '' ? {} : { note }),
    });
    if (!body.ok) return refuse(form, body.errors);
    const done = await attempt(event, routes.writeGuideline, { params: event.params, body: body.value });
    if (!done.ok) return refused(form, done.problem);
    return { written: done.value.version };
  },
  withdraw: async (event) => {
    const form = await event.request.formData();
    const body = checked(withdrawDecisionSchema, { reason: textOf(form, 'reason') });
    if (!body.ok) return refuse(form, body.errors, 'withdraw');
    const done = await attempt(event, routes.withdrawDecision, {
      params: { ...event.params, number: textOf(form, 'number') },
      body: body.value,
    });
    if (!done.ok) return refused(form, done.problem, 'withdraw');
    return {};
  },
};
