import { makeContestSchema, routes, unitIdSchema } from '@casebook/contracts';
import { attempt, call } from '#lib/server/api.ts';
import { checked, refuse, refused, textOf } from '#lib/server/form.ts';
import { requireSession } from '#lib/server/session.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
  session: await requireSession(event),
  projectId: event.params.projectId,
  explanation: await call(event, routes.explanation, { params: event.params }),
  scoring: await call(event, routes.scoring, { params: event.params }),
});

export const actions: Actions = {
  contest: async (event) => {
    const form = await event.request.formData();
    const written = textOf(form, 'unitId');
    const unitId = unitIdSchema.safeParse(written);
    if (!unitId.success) return refuse(form, {}, written);
    const body = checked(makeContestSchema, { reason: textOf(form, 'reason').trim() });
    if (!body.ok) return refuse(form, body.errors, written);
    const { projectId } = event.params;
    const done = await attempt(event, routes.contestUnit, {
      params: { projectId, unitId: unitId.data },
      body: body.value,
    });
    if (!done.ok) return refused(form, done.problem, written);
    return {};
  },
};
