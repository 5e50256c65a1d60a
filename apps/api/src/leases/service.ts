import type { Claim, DeskCase, Lease, LeaseId, ProjectId, TaskId } from '@casebook/contracts';
import { taskTypeServers } from '@casebook/task-types/server';
import { uuidv7 } from 'uuidv7';
import type { Principal } from '../access/principal.ts';
import { requireMember, requirePerson } from '../access/rules.ts';
import { Conflict, Forbidden, NotFound } from '../errors.ts';
import { isDatabaseBusy } from '../database/busy.ts';
import type { Services } from '../services.ts';
import * as repository from './repository.ts';

/** How often a claim looks again after another was faster. */
const TRIES = 5;

function withoutGold(
  taskType: string,
  content: Lease['items'][number]['content'],
): Lease['items'][number]['content'] {
  const type = taskTypeServers.get(taskType);
  if (type === undefined) throw new Error(`no task type is called ${taskType}`);
  return type.withoutGold(content);
}

/** The section in the caller's hands, or the next one free; the whole of it, for offline work. */
export async function claim(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  taskId: TaskId,
): Promise<Claim> {
  const { prisma } = services.database;
  const { memberId } = await requireMember(prisma, principal, projectId);
  const seconds = services.environment.leaseSeconds;
  for (let tried = 1; ; tried += 1) {
    try {
      const { outcome, leaseId } = await repository.claimSection(prisma, {
        projectId,
        taskId,
        memberId,
        leaseId: uuidv7(),
        seconds,
      });
      if (outcome === 'unknown') throw new NotFound();
      if (outcome === 'no-annotator') {
        throw new Forbidden(
          'Managers and researchers can see what others answered, so they take no place. Experts are invited as experts.',
        );
      }
      if (outcome === 'again') {
        if (tried < TRIES) continue;
        return { kind: 'none', reason: 'all-taken' };
      }
      if (outcome === 'training-needed') {
        const trainingTaskId = await repository.trainingOf(prisma, projectId, taskId);
        if (trainingTaskId === null) throw new NotFound();
        return { kind: 'none', reason: outcome, trainingTaskId };
      }
      if (outcome !== 'leased') return { kind: 'none', reason: outcome };
      const lease = await repository.loadLease(prisma, projectId, memberId, leaseId ?? '', withoutGold);
      if (lease === undefined) throw new NotFound();
      return { kind: 'lease', lease };
    } catch (error) {
      // Two claims of the same coder at once: the other one has the section by now.
      if (tried >= TRIES || !isDatabaseBusy(error)) throw error;
    }
  }
}

/** A section that the caller holds, held or has finished. */
export async function lease(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  leaseId: LeaseId,
): Promise<Lease> {
  const { prisma } = services.database;
  const { memberId } = await requireMember(prisma, principal, projectId);
  const found = await repository.loadLease(prisma, projectId, memberId, leaseId, withoutGold);
  if (found === undefined) throw new NotFound();
  return found;
}

export async function renew(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  leaseId: LeaseId,
): Promise<{ expiresAt: string }> {
  const { prisma } = services.database;
  const { memberId } = await requireMember(prisma, principal, projectId);
  const expiresAt = await repository.renewLease(
    prisma,
    projectId,
    memberId,
    leaseId,
    services.environment.leaseSeconds,
  );
  if (expiresAt !== undefined) return { expiresAt: expiresAt.toISOString() };
  if (!(await repository.holdsLease(prisma, projectId, memberId, leaseId))) throw new NotFound();
  throw new Conflict(
    'lease-over',
    'This section is no longer in your hands; what you submit is kept all the same.',
  );
}

export async function finish(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  leaseId: LeaseId,
): Promise<void> {
  const { prisma } = services.database;
  const { memberId } = await requireMember(prisma, principal, projectId);
  const outcome = await repository.finishLease(prisma, projectId, memberId, leaseId);
  if (outcome === 'unknown') throw new NotFound();
  if (outcome === 'unfinished')
    throw new Conflict('section-unfinished', 'Some units of the section have neither an answer nor a skip.');
  const taskId = await repository.taskOfLease(prisma, projectId, leaseId);
  if (taskId === undefined) return;
  await services.jobs.send('advance-stages', { projectId, taskId }, taskId);
  await services.jobs.send('rate-coders', { projectId, taskId }, taskId);
}

export async function giveBack(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  leaseId: LeaseId,
): Promise<void> {
  const { prisma } = services.database;
  const { memberId } = await requireMember(prisma, principal, projectId);
  if (!(await repository.holdsLease(prisma, projectId, memberId, leaseId))) throw new NotFound();
  await repository.freeLease(prisma, projectId, leaseId, 'returned');
}

export async function desk(services: Services, principal: Principal): Promise<DeskCase[]> {
  const person = requirePerson(principal);
  return repository.listDesk(services.database.prisma, person.userId);
}
