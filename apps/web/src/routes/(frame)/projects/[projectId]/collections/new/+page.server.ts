import { redirect } from '@sveltejs/kit';
import { collectionKindSchema, makeCollectionSchema, routes } from '@casebook/contracts';
import { attempt } from '#lib/server/api.ts';
import { checked, refuse, refused, textOf } from '#lib/server/form.ts';
import type { Actions } from './$types';

export const actions: Actions = {
  default: async (event) => {
    const form = await event.request.formData();
    const kind = collectionKindSchema.safeParse(textOf(form, 'kind'));
    if (!kind.success) return refuse(form, { kind: 'Choose what the collection holds.' });
    const body = checked(makeCollectionSchema, { name: textOf(form, 'name'), kind: kind.data });
    if (!body.ok) return refuse(form, body.errors);
    const done = await attempt(event, routes.makeCollection, { params: event.params, body: body.value });
    if (!done.ok) return refused(form, done.problem);
    redirect(303, `/projects/${event.params.projectId}/collections/${done.value.id}`);
  },
};
