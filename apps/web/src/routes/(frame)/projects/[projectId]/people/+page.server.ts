import { changeMemberSchema, inviteSchema, routes } from '@casebook/contracts';
import { attempt, call } from '#lib/server/api.ts';
import { checked, refuse, refused, textOf } from '#lib/server/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const { params } = event;
  const [members, invitations] = await Promise.all([
    call(event, routes.members, { params }),
    call(event, routes.invitations, { params }),
  ]);
  return { members, invitations };
};

export const actions: Actions = {
  invite: async (event) => {
    const form = await event.request.formData();
    const role = inviteSchema.shape.role.safeParse(textOf(form, 'role'));
    if (!role.success) return refuse(form, { role: 'Choose what this person will do.' }, 'invite');
    const body = checked(inviteSchema, { email: textOf(form, 'email'), role: role.data });
    if (!body.ok) return refuse(form, body.errors, 'invite');
    const done = await attempt(event, routes.invite, { params: event.params, body: body.value });
    if (!done.ok) return refused(form, done.problem, 'invite');
    return { invited: done.value };
  },
  revoke: async (event) => {
    const form = await event.request.formData();
    const done = await attempt(event, routes.revokeInvitation, {
      params: { ...event.params, invitationId: textOf(form, 'invitationId') },
    });
    if (!done.ok) return refused(form, done.problem, 'revoke');
    return {};
  },
  change: async (event) => {
    const form = await event.request.formData();
    const role = changeMemberSchema.shape.role.safeParse(form.get('role') ?? undefined);
    const disabled = form.get('disabled');
    const done = await attempt(event, routes.changeMember, {
      params: { ...event.params, memberId: textOf(form, 'memberId') },
      body: {
        ...(role.success && role.data !== undefined ? { role: role.data } : {}),
        ...(typeof disabled === 'string' ? { disabled: disabled === 'yes' } : {}),
      },
    });
    if (!done.ok) return refused(form, done.problem, 'change');
    return {};
  },
  resetLink: async (event) => {
    const form = await event.request.formData();
    const done = await attempt(event, routes.makeResetLink, {
      params: { ...event.params, memberId: textOf(form, 'memberId') },
    });
    if (!done.ok) return refused(form, done.problem, 'resetLink');
    return { resetLink: { ...done.value, memberId: textOf(form, 'memberId') } };
  },
};
