import type { Member, MemberId, ProjectId, Role } from '@casebook/contracts';
import type { Principal } from '../access/principal.ts';
import { requirePerson, requireRight } from '../access/rules.ts';
import { recordInProject } from '../audit/repository.ts';
import { lockProject } from '../database/lock-project.ts';
import { Conflict, NotFound } from '../errors.ts';
import type { Services } from '../services.ts';
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
