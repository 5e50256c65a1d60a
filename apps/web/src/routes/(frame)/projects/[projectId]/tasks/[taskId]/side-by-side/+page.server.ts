import { itemIdSchema, routes, sideIdSchema } from '@casebook/contracts';
import { taskTypesWeb } from '@casebook/task-types/web';
import { error } from '@sveltejs/kit';
import { call } from '#lib/server/api.ts';
import { cursorOf } from '#lib/server/cursor.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.depends('casebook:agreement');
  const { params, url } = event;
  const { task } = await event.parent();
  if (taskTypesWeb.get(task.type)?.sideBySide === undefined) error(404);
  const side = (name: string) => sideIdSchema.safeParse(url.searchParams.get(name)).data;
  const [a, b] = [side('a'), side('b')];
  const asked = { ...(a === undefined ? {} : { a }), ...(b === undefined ? {} : { b }) };
  const document = itemIdSchema.safeParse(url.searchParams.get('document')).data;
  if (document === undefined)
    return {
      asked,
      together: null,
      documents: await call(event, routes.documentsSideBySide, { params, query: cursorOf(url) }),
    };
  return {
    asked,
    documents: null,
    together: await call(event, routes.sideBySide, { params: { ...params, itemId: document }, query: asked }),
  };
};
