import { routes } from '@casebook/contracts';
import { call } from '#lib/server/api.ts';
import { coderNames } from '#lib/server/coder-names.ts';
import type { PageServerLoad } from './$types';

/** Units on which coders differ that stand on the page itself; all have a page of their own. */
const WORST = 8;

export const load: PageServerLoad = async (event) => {
  event.depends('casebook:agreement');
  const { params } = event;
  const { manages } = await event.parent();
  const [agreement, disagreements, names] = await Promise.all([
    call(event, routes.agreement, { params }),
    call(event, routes.disagreements, { params, query: { limit: WORST } }),
    coderNames(event, params, manages),
  ]);
  return { ...agreement, worst: disagreements.rows, names };
};
