import { routes } from '@casebook/contracts';
import { call } from '#lib/server/api.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.depends('casebook:progress', 'casebook:agreement');
  const { params } = event;
  const { studies, manages } = await event.parent();
  const [tasks, collections, guidelines, cases, members] = await Promise.all([
    studies ? call(event, routes.tasks, { params }) : [],
    studies ? call(event, routes.collections, { params }) : [],
    call(event, routes.guidelines, { params }),
    call(event, routes.desk, {}),
    manages ? call(event, routes.members, { params }) : [],
  ]);
  const agreements = await Promise.all(
    tasks
      .filter((task) => task.counts.judgements > 0 && task.state !== 'archived')
      .map(async (task) => ({
        taskId: task.id,
        ...(await call(event, routes.agreement, { params: { ...params, taskId: task.id } })),
      })),
  );
  return {
    tasks,
    collections,
    guidelines: guidelines.length,
    cases: cases.filter((one) => one.projectId === params.projectId),
    experts: members.filter((member) => member.role === 'annotator' && !member.disabled).length,
    agreements,
  };
};
