import { routes, writeGuidelineSchema } from '@casebook/contracts';
import { attempt, call } from '#lib/server/api.ts';
import { checked, refuse, refused, textOf } from '#lib/server/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
  versions: await call(event, routes.guidelines, { params: event.params }),
  asked: Number(event.url.searchParams.get('version')),
});

export const actions: Actions = {
  default: async (event) => {
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
};
