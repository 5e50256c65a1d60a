import { releaseNumberSchema, routes, withdrawReleaseSchema } from '@casebook/contracts';
import { error } from '@sveltejs/kit';
import { attempt, call } from '#lib/server/api.ts';
import { checked, refuse, refused, textOf } from '#lib/server/form.ts';
import type { Actions, PageServerLoad, RouteParams } from './$types';

function paramsOf({ projectId, number }: RouteParams) {
  const read = releaseNumberSchema.safeParse(number);
  if (!read.success) error(404, 'There is no such release.');
  return { projectId, number: String(read.data) };
}

export const load: PageServerLoad = async (event) => {
  event.depends('casebook:release');
  const release = await call(event, routes.release, { params: paramsOf(event.params) });
  return { release, waitedSeconds: (Date.now() - Date.parse(release.requestedAt)) / 1000 };
};

export const actions: Actions = {
  withdraw: async (event) => {
    const form = await event.request.formData();
    const body = checked(withdrawReleaseSchema, { reason: textOf(form, 'reason') });
    if (!body.ok) return refuse(form, body.errors, 'withdraw');
    const params = paramsOf(event.params);
    const done = await attempt(event, routes.withdrawRelease, { params, body: body.value });
    return done.ok ? { withdrawn: true as const } : refused(form, done.problem, 'withdraw');
  },
};
