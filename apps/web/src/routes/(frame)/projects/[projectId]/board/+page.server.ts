import { boardPeriodSchema, changeBoardSchema, routes } from '@casebook/contracts';
import { attempt, call } from '#lib/server/api.ts';
import { checked, refuse, refused, textOf } from '#lib/server/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { params } = event;
  const wished = boardPeriodSchema.safeParse(event.url.searchParams.get('period'));
  const period = wished.success ? wished.data : 'all';
  const [scoring, board] = await Promise.all([
    call(event, routes.scoring, { params }),
    call(event, routes.board, { params, query: { period } }),
  ]);
  return { scoring, board };
};

export const actions: Actions = {
  setting: async (event) => {
    const form = await event.request.formData();
    const body = checked(changeBoardSchema, { board: textOf(form, 'board') as never });
    if (!body.ok) return refuse(form, body.errors, 'setting');
    const done = await attempt(event, routes.changeBoard, { params: event.params, body: body.value });
    if (!done.ok) return refused(form, done.problem, 'setting');
    return {};
  },
  stay: async (event) => {
    const form = await event.request.formData();
    const body = { staysOff: textOf(form, 'staysOff') === 'yes' };
    const done = await attempt(event, routes.stayOffBoard, { params: event.params, body });
    if (!done.ok) return refused(form, done.problem, 'stay');
    return {};
  },
};
