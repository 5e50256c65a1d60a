import { allowTrainingSchema, routes } from '@casebook/contracts';
import { attempt, call } from '#lib/server/api.ts';
import { checked, refuse, refused, textOf } from '#lib/server/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
  report: await call(event, routes.trainingRounds, { params: event.params }),
});

export const actions: Actions = {
  allow: async (event) => {
    const form = await event.request.formData();
    const body = checked(allowTrainingSchema, { coder: textOf(form, 'coder') });
    if (!body.ok) return refuse(form, body.errors, 'allow');
    const done = await attempt(event, routes.allowTraining, { params: event.params, body: body.value });
    if (!done.ok) return refused(form, done.problem, 'allow');
    return {};
  },
};
