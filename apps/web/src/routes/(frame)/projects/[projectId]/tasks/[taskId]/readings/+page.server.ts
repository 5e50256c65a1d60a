import { routes } from '@casebook/contracts';
import { taskTypeContracts } from '@casebook/task-types/contract';
import { error } from '@sveltejs/kit';
import { call } from '#lib/server/api.ts';
import { coderNames } from '#lib/server/coder-names.ts';
import { cursorOf } from '#lib/server/cursor.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.depends('casebook:agreement');
  const { params, url } = event;
  const { manages, task } = await event.parent();
  const model = taskTypeContracts.get(task.type)?.weighing;
  if (model === undefined) error(404);
  const of = url.searchParams.get('of') === 'all' ? 'all' : 'exceptions';
  const [readings, names] = await Promise.all([
    call(event, routes.weighedReadings, { params, query: { ...cursorOf(url), of, limit: 50 } }),
    coderNames(event, params, manages),
  ]);
  return { ...readings, of, model, names };
};
