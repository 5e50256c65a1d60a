import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { commentSchema, routes, scoringRulesSchema, type ScoringRules } from '@casebook/contracts';
import { attempt, call } from '#lib/server/api.ts';
import { checked, refuse, refused, textOf } from '#lib/server/form.ts';
import { rulesIn } from './rules-form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { manages } = await event.parent();
  const { versions } = await call(event, routes.scoring, { params: event.params });
  const [newest] = versions;
  if (!manages || newest === undefined) error(404, 'Not found');
  return { newest };
};

/** What was written, as rules that hold together. */
async function read(event: RequestEvent<{ projectId: string }>, form: FormData) {
  const { versions } = await call(event, routes.scoring, { params: event.params });
  const [newest] = versions;
  if (newest === undefined) error(404, 'Not found');
  const rules: ScoringRules = rulesIn((field) => textOf(form, field), newest.rules);
  return checked(scoringRulesSchema, rules);
}

export const actions: Actions = {
  preview: async (event) => {
    const form = await event.request.formData();
    const rules = await read(event, form);
    if (!rules.ok) return refuse(form, rules.errors);
    const body = { rules: rules.value };
    const done = await attempt(event, routes.previewScoringRules, { params: event.params, body });
    if (!done.ok) return refused(form, done.problem);
    return { preview: done.value.rows, rules: rules.value };
  },
  write: async (event) => {
    const form = await event.request.formData();
    const rules = await read(event, form);
    if (!rules.ok) return refuse(form, rules.errors);
    const said = textOf(form, 'note').trim();
    const note = checked(commentSchema.optional(), said === '' ? undefined : said);
    if (!note.ok) return refuse(form, { note: Object.values(note.errors)[0] ?? '' });
    const body = { rules: rules.value, ...(note.value === undefined ? {} : { note: note.value }) };
    const done = await attempt(event, routes.writeScoringRules, { params: event.params, body });
    if (!done.ok) return refused(form, done.problem);
    redirect(303, `/projects/${event.params.projectId}/board`);
  },
};
