import { redirect } from '@sveltejs/kit';
import { routes } from '@casebook/contracts';
import { attempt, call } from '#lib/server/api.ts';
import { refused } from '#lib/server/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { params } = event;
  const review = await call(event, routes.phraseReview, { params });
  return { review };
};

export const actions: Actions = {
  drop: async (event) => {
    const form = await event.request.formData();
    const { params } = event;
    const done = await attempt(event, routes.dropPhrases, { params });
    if (!done.ok) return refused(form, done.problem, 'drop');
    redirect(303, `/projects/${params.projectId}/collections/${params.collectionId}`);
  },
};
