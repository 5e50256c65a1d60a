import { routes } from '@casebook/contracts';
import { call } from '#lib/server/api.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.depends('casebook:agreement');
  const { params } = event;
  const [agreement, members] = await Promise.all([
    call(event, routes.agreement, { params }),
    call(event, routes.members, { params: { projectId: params.projectId } }),
  ]);
  return { ...agreement, names: new Map(members.map((member) => [member.id, member.name])) };
};
