import { changeProjectSchema, routes } from '@casebook/contracts';
import { attempt, call } from '#lib/server/api.ts';
import { checked, refuse, refused, textOf } from '#lib/server/form.ts';
import type { Actions, PageServerLoad } from './$types';

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

export const actions: Actions = {
  passMark: async (event) => {
    const form = await event.request.formData();
    const body = checked(changeProjectSchema, { passMark: Number(textOf(form, 'passMark')) / 100 });
    if (!body.ok) return refuse(form, body.errors);
    const done = await attempt(event, routes.changeProject, { params: event.params, body: body.value });
    if (!done.ok) return refused(form, done.problem);
    return {};
  },
};
