import type { Member, MemberId, ProjectId, Role } from '@casebook/contracts';
import type { Principal } from '../access/principal.ts';
import { requirePerson, requireRight } from '../access/rules.ts';
import { recordInProject } from '../audit/repository.ts';
import { lockProject } from '../database/lock-project.ts';
import { Conflict, Forbidden, NotFound } from '../errors.ts';
import type { Services } from '../services.ts';
import * as session from '../session/service.ts';
import * as repository from './repository.ts';

/** Only managers: the list names people and their addresses, and who else judges is nothing for a coder. */
export async function listMembers(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
): Promise<Member[]> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'manage', 'read');
  return repository.listMembers(prisma, projectId);
}

/**
 * Changes a member's role, disables or enables them; it holds from their next request on, because rights are read
 * from the database every time.
 *
 * @throws Conflict where nobody would be left to manage the project.
 */
export async function changeMember(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  memberId: MemberId,
  change: { role?: Role | undefined; disabled?: boolean | undefined },
): Promise<Member> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'manage');
  const actor = requirePerson(principal);
  return prisma.$transaction(async (transaction) => {
    await lockProject(transaction, projectId);
    const before = await repository.findMember(transaction, projectId, memberId);
    if (before === undefined) throw new NotFound();
    const after = {
      ...before,
      role: change.role ?? before.role,
      disabled: change.disabled ?? before.disabled,
    };
    await repository.updateMember(transaction, projectId, memberId, after);
    if (!(await repository.somebodyManages(transaction, projectId))) {
      throw new Conflict(
        'last-manager',
        'Nobody would be left to manage the project; make another manager first.',
      );
    }
    if (after.role !== before.role) {
      await recordInProject(transaction, projectId, {
        actorId: actor.userId,
        action: 'member.role-changed',
        subject: { memberId, from: before.role, to: after.role },
      });
    }
    if (after.disabled !== before.disabled) {
      await recordInProject(transaction, projectId, {
        actorId: actor.userId,
        action: after.disabled ? 'member.disabled' : 'member.enabled',
        subject: { memberId },
      });
    }
    return after;
  });
}

/**
 * Makes a link with which a member sets a new password. Whoever has it can become that person: so managers make them
 * only for those who can do nothing outside the projects that they manage themselves, and nobody for himself, because
 * a borrowed browser would be enough to take the account over.
 *
 * @throws Forbidden for a manager where the member is an admin or has a place elsewhere.
 * @throws Conflict for oneself, and where the account is disabled.
 */
export async function makeResetLink(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  memberId: MemberId,
): Promise<{ link: string; expiresAt: string }> {
  const { prisma } = services.database;
  const access = await requireRight(prisma, principal, projectId, 'manage');
  session.requirePasswords(services);
  const actor = requirePerson(principal);
  return prisma.$transaction(async (transaction) => {
    const account = await repository.holdAccountOf(transaction, projectId, memberId, actor.userId);
    if (account === undefined) throw new NotFound();
    if (!access.isAdmin && (account.isAdmin || !account.withinReach)) {
      throw new Forbidden(
        'Only an admin of this instance may do this for an admin or a member of a project that you do not manage.',
      );
    }
    if (account.userId === actor.userId) {
      throw new Conflict('own-account', 'Change your own password on the page of your account.');
    }
    if (account.accountDisabled) {
      throw new Conflict('account-disabled', 'This account is disabled; no password lets anybody in.');
    }
    await recordInProject(transaction, projectId, {
      actorId: actor.userId,
      action: 'reset-link.made',
      subject: { memberId },
    });
    return session.makeResetLink(transaction, account.userId, services.origin());
  });
}
