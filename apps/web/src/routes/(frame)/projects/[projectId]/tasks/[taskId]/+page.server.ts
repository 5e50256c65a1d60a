import { changeTaskSchema, giveLeaseSchema, routes } from '@casebook/contracts';
import { attempt, call } from '#lib/server/api.ts';
import { cursorOf } from '#lib/server/cursor.ts';
import { checked, refuse, refused, textOf } from '#lib/server/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  event.depends('casebook:progress');
  const { params } = event;
  const { manages } = await event.parent();
  const [sections, members, tasks] = await Promise.all([
    call(event, routes.sections, { params, query: cursorOf(event.url) }),
    manages ? call(event, routes.members, { params: { projectId: params.projectId } }) : [],
    call(event, routes.tasks, { params: { projectId: params.projectId } }),
  ]);
  return {
    sections,
    secondLooks: tasks.filter(({ secondLook }) => secondLook?.of === params.taskId),
    experts: members.filter((member) => member.role === 'annotator' && !member.disabled),
    names: new Map(members.map((member) => [member.id, member.name])),
  };
};

export const actions: Actions = {
  state: async (event) => {
    const form = await event.request.formData();
    const state = changeTaskSchema.shape.state.safeParse(textOf(form, 'state'));
    if (!state.success) return refuse(form, {}, 'state');
    const done = await attempt(event, routes.changeTask, {
      params: event.params,
      body: { state: state.data },
    });
    if (!done.ok) return refused(form, done.problem, 'state');
    return {};
  },
  give: async (event) => {
    const form = await event.request.formData();
    const day = textOf(form, 'deadline');
    const body = checked(giveLeaseSchema, {
      sectionId: textOf(form, 'sectionId'),
      memberId: textOf(form, 'memberId'),
      deadline: /^\d{4}-\d\d-\d\d$/.test(day) ? `${day}T23:59:59Z` : null,
    });
    if (!body.ok) return refuse(form, { memberId: 'Choose an expert.' }, 'give');
    const done = await attempt(event, routes.giveLease, { params: event.params, body: body.value });
    if (!done.ok) return refused(form, done.problem, 'give');
    return {};
  },
  reclaim: async (event) => {
    const form = await event.request.formData();
    const done = await attempt(event, routes.reclaimLease, {
      params: { projectId: event.params.projectId, leaseId: textOf(form, 'leaseId') },
    });
    if (!done.ok) return refused(form, done.problem, 'reclaim');
    return {};
  },
  reclaimValidation: async (event) => {
    const form = await event.request.formData();
    const done = await attempt(event, routes.reclaimValidationLease, {
      params: { projectId: event.params.projectId, validationLeaseId: textOf(form, 'leaseId') },
    });
    if (!done.ok) return refused(form, done.problem, 'reclaim');
    return {};
  },
};
