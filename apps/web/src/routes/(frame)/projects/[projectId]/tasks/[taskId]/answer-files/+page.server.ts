import { routes } from '@casebook/contracts';
import { attempt, call } from '#lib/server/api.ts';
import { refused, textOf } from '#lib/server/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.depends('casebook:answer-files');
  return { files: await call(event, routes.answerFiles, { params: event.params }) };
};

export const actions: Actions = {
  commit: async (event) => {
    const form = await event.request.formData();
    const params = { ...event.params, answerFileId: textOf(form, 'answerFileId') };
    const done = await attempt(event, routes.commitAnswerFile, { params });
    if (!done.ok) return refused(form, done.problem, 'decide');
    return {};
  },
  remove: async (event) => {
    const form = await event.request.formData();
    const params = { ...event.params, answerFileId: textOf(form, 'answerFileId') };
    const done = await attempt(event, routes.removeAnswerFile, { params });
    if (!done.ok) return refused(form, done.problem, 'decide');
    return {};
  },
};
