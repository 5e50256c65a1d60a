import { leaseIdSchema } from '@casebook/contracts';
import type {
  LeaseId,
  PageQuery,
  ProjectId,
  SectionId,
  SectionRow,
  TaskId,
  ValidationLeaseId,
} from '@casebook/contracts';
import { uuidv7 } from 'uuidv7';
import type { Principal } from '../../access/principal.ts';
import { requireRight } from '../../access/rules.ts';
import { recordInProject } from '../../audit/repository.ts';
import { Conflict, NotFound, WrongFields } from '../../errors.ts';
import { pageOfPositions, positionAfter } from '../../http/position-cursor.ts';
import type { Services } from '../../services.ts';
import { findActiveMembers, lockTask } from '../repository.ts';
import { taskOf } from '../service.ts';
import * as repository from './repository.ts';

/** A task's sections in order, with who holds them; for those who may know who judges what. */
export async function listSections(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  taskId: TaskId,
  page: PageQuery,
): Promise<{ rows: SectionRow[]; next: string | null }> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'read-results');
  await taskOf(prisma, projectId, taskId);
  const after = positionAfter(page.cursor);
  const rows = await repository.listSections(prisma, projectId, taskId, after, page.limit + 1);
  return pageOfPositions(rows, page.limit);
}

/** Gives a section to a coder; in a task for named coders that names them too. */
export async function giveLease(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  taskId: TaskId,
  gift: { sectionId: SectionId; memberId: string; deadline: string | null },
): Promise<void> {
  const { prisma } = services.database;
  const access = await requireRight(prisma, principal, projectId, 'manage');
  const deadline = gift.deadline === null ? null : new Date(gift.deadline);
  if (deadline !== null && deadline.getTime() < Date.now()) {
    throw new WrongFields([{ path: 'deadline', message: 'lies in the past' }]);
  }
  await prisma.$transaction(async (transaction) => {
    const task = await lockTask(transaction, projectId, taskId);
    if (task === undefined) throw new NotFound();
    if (task.state === 'closed' || task.state === 'archived') {
      throw new Conflict('task-over', 'The task is closed; no section can be given any more.');
    }
    const active = await findActiveMembers(transaction, projectId, [gift.memberId]);
    if (!active.has(gift.memberId)) {
      throw new WrongFields([{ path: 'memberId', message: 'nobody of this project who may work' }]);
    }
    const outcome = await repository.giveSection(transaction, {
      projectId,
      taskId,
      sectionId: gift.sectionId,
      memberId: gift.memberId,
      leaseId: leaseIdSchema.parse(uuidv7()),
      seconds: services.environment.leaseSeconds,
      deadline,
      givenBy: access.memberId,
    });
    if (outcome === 'unknown') throw new NotFound();
    if (outcome === 'full') {
      throw new Conflict(
        'section-full',
        'As many coders as wanted have this section; take it from one of them first.',
      );
    }
    if (outcome === 'finished-already') {
      throw new Conflict('finished-already', 'This coder has handed the section in already.');
    }
    if (outcome === 'validated') {
      throw new Conflict(
        'validated-already',
        'This coder was shown what others answered in this section, as a validator; give it to somebody else.',
      );
    }
    if (task.namedOnly) await repository.nameCoder(transaction, projectId, taskId, gift.memberId, deadline);
    await recordInProject(transaction, projectId, {
      actorId: principal.userId,
      action: 'lease.given',
      subject: { taskId, ...gift },
    });
  });
}

/** Takes a section back from its coder; what they judged stays. */
export async function reclaimLease(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  leaseId: LeaseId,
): Promise<void> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'manage');
  await prisma.$transaction(async (transaction) => {
    const lease = await repository.findLease(transaction, projectId, leaseId);
    if (lease === null) throw new NotFound();
    if (!(await repository.reclaimLease(transaction, projectId, leaseId))) {
      throw new Conflict('lease-over', 'The coder does not hold this section any more.');
    }
    await recordInProject(transaction, projectId, {
      actorId: principal.userId,
      action: 'lease.reclaimed',
      subject: { leaseId, ...lease },
    });
  });
}

/** Takes a section back from its validator; the verdicts given stay. */
export async function reclaimValidationLease(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  leaseId: ValidationLeaseId,
): Promise<void> {
  const { prisma } = services.database;
  await requireRight(prisma, principal, projectId, 'manage');
  await prisma.$transaction(async (transaction) => {
    const lease = await repository.findValidationLease(transaction, projectId, leaseId);
    if (lease === null) throw new NotFound();
    if (!(await repository.reclaimValidationLease(transaction, projectId, leaseId))) {
      throw new Conflict('lease-over', 'The validator does not hold this section any more.');
    }
    await recordInProject(transaction, projectId, {
      actorId: principal.userId,
      action: 'validation-lease.reclaimed',
      subject: { leaseId, ...lease },
    });
    // Whoever else was waited for may be done, and it may have been the last who could.
    const { taskId } = lease;
    await services.jobs.sendWithin(transaction, 'advance-stages', { projectId, taskId }, taskId);
  });
}
