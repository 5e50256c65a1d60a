import { routes } from '@casebook/contracts';
import { call } from '#lib/server/api.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async (event) => {
  event.depends('casebook:project');
  const project = await call(event, routes.project, { params: event.params });
  const isAdmin = event.locals.session?.user.isAdmin === true;
  return {
    project,
    place: { name: project.name, href: `/projects/${project.id}` },
    /** Managers, and instance admins, who may do all that managers may. */
    manages: project.role === 'manager' || isAdmin,
    /** Those who may see what others judged. */
    studies: project.role === 'manager' || project.role === 'researcher' || isAdmin,
  };
};
