import { routes } from '@casebook/contracts';
import { call } from '#lib/server/api.ts';
import { coderNames } from '#lib/server/coder-names.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.depends('casebook:agreement');
  const { params } = event;
  const { manages } = await event.parent();
  const [agreement, names] = await Promise.all([
    call(event, routes.agreement, { params }),
    coderNames(event, params, manages),
  ]);
  return { ...agreement, names };
};
