import { explainGoldSchema, routes, unitIdSchema } from '@casebook/contracts';
import { error } from '@sveltejs/kit';
import { attempt, call } from '#lib/server/api.ts';
import { checked, refuse, refused, textOf } from '#lib/server/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
  unit: await call(event, routes.unit, { params: event.params }),
});

export const actions: Actions = {
  default: async (event) => {
    const unitId = unitIdSchema.safeParse(event.params.unitId);
    if (!unitId.success) error(404, 'There is no such unit.');
    const form = await event.request.formData();
    const explanation = textOf(form, 'explanation').trim();
    const body = checked(explainGoldSchema, { explanation: explanation === '' ? null : explanation });
    if (!body.ok) return refuse(form, body.errors);
    const params = { projectId: event.params.projectId, unitId: unitId.data };
    const done = await attempt(event, routes.explainGold, { params, body: body.value });
    if (!done.ok) return refused(form, done.problem);
    return { kept: true };
  },
};
