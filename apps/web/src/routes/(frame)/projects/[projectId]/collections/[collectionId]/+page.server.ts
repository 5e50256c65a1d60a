import { routes } from '@casebook/contracts';
import { call } from '#lib/server/api.ts';
import { cursorOf } from '#lib/server/cursor.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.depends('casebook:collection');
  const { params } = event;
  const { manages } = await event.parent();
  const [collection, items, imports] = await Promise.all([
    call(event, routes.collection, { params }),
    call(event, routes.items, { params, query: cursorOf(event.url) }),
    manages ? call(event, routes.imports, { params }) : [],
  ]);
  return { collection, items, imports };
};
