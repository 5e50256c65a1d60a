import { phraseRuleSchema, proposePhrasesSchema, routes } from '@casebook/contracts';
import { attempt, call } from '#lib/server/api.ts';
import { cursorOf } from '#lib/server/cursor.ts';
import { checked, refuse, refused } from '#lib/server/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.depends('casebook:collection');
  const { params } = event;
  const { manages } = await event.parent();
  const [collection, items, imports, phrases] = await Promise.all([
    call(event, routes.collection, { params }),
    call(event, routes.items, { params, query: cursorOf(event.url) }),
    manages ? call(event, routes.imports, { params }) : [],
    manages ? call(event, routes.phraseReviews, { params }) : null,
  ]);
  return { collection, items, imports, phrases };
};

export const actions: Actions = {
  propose: async (event) => {
    const form = await event.request.formData();
    const rules = form.getAll('rule').flatMap((rule) => phraseRuleSchema.safeParse(rule).data ?? []);
    const body = checked(proposePhrasesSchema, { rules });
    if (!body.ok) return refuse(form, body.errors, 'propose');
    const done = await attempt(event, routes.proposePhrases, { params: event.params, body: body.value });
    return done.ok ? undefined : refused(form, done.problem, 'propose');
  },
};
