import { createHash } from 'node:crypto';
import type {
  ProjectId,
  TaskId,
  ValidationClaim,
  ValidationLease,
  ValidationLeaseId,
  ValidationReceipt,
  ValidationSubmission,
} from '@casebook/contracts';
import { validationReceiptSchema } from '@casebook/contracts';
import { taskTypeServers } from '@casebook/task-types/server';
import { uuidv7 } from 'uuidv7';
import type { Principal } from '../access/principal.ts';
import { requireMember } from '../access/rules.ts';
import { Conflict, Forbidden, NotFound, Unauthenticated, Unprocessable } from '../errors.ts';
import { misfitInPlace, misfitting, needsItsUnit, readAnswer } from '../judgements/known-task.ts';
import type { KnownTask, ReadAnswer, TaskMemory } from '../judgements/known-task.ts';
import { trainingOf } from '../leases/repository.ts';
import type { Services } from '../services.ts';
import * as repository from './repository.ts';

function withoutGold(
  taskType: string,
  content: ValidationLease['items'][number]['content'],
): ValidationLease['items'][number]['content'] {
  const type = taskTypeServers.get(taskType);
  if (type === undefined) throw new Error(`no task type is called ${taskType}`);
  return type.withoutGold(content);
}

/** The section that the caller validates, or the next that wants validators and that he has annotated nothing of. */
export async function claim(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  taskId: TaskId,
): Promise<ValidationClaim> {
  const { prisma } = services.database;
  const { memberId } = await requireMember(prisma, principal, projectId);
  const { outcome, leaseId } = await repository.claimValidation(prisma, {
    projectId,
    taskId,
    memberId,
    leaseId: uuidv7(),
    seconds: services.environment.leaseSeconds,
  });
  if (outcome === 'unknown') throw new NotFound();
  if (outcome === 'no-annotator') {
    throw new Forbidden('Managers and researchers can see what others answered, so they validate nothing.');
  }
  if (outcome === 'training-needed') {
    const trainingTaskId = await trainingOf(prisma, projectId, taskId);
    if (trainingTaskId === null) throw new NotFound();
    return { kind: 'none', reason: outcome, trainingTaskId };
  }
  if (outcome !== 'leased') return { kind: 'none', reason: outcome };
  const lease = await repository.loadValidationLease(prisma, projectId, memberId, leaseId ?? '', withoutGold);
  if (lease === undefined) throw new NotFound();
  return { kind: 'lease', lease };
}

export async function lease(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  leaseId: ValidationLeaseId,
): Promise<ValidationLease> {
  const { prisma } = services.database;
  const { memberId } = await requireMember(prisma, principal, projectId);
  const found = await repository.loadValidationLease(prisma, projectId, memberId, leaseId, withoutGold);
  if (found === undefined) throw new NotFound();
  return found;
}

/** What the validator answers instead, checked against the task and the unit; null where there is nothing. */
async function readOwnAnswer(
  services: Services,
  task: KnownTask,
  projectId: ProjectId,
  taskId: TaskId,
  { verdict, answer, shownReadingId }: ValidationSubmission,
): Promise<ReadAnswer | null> {
  if (answer === undefined) return null;
  if (verdict !== 'disagree')
    throw new Unprocessable('answer-misfit', 'Only who disagrees gives an answer of his own.');
  const read = readAnswer(task, answer);
  if ('wrong' in read) throw misfitting(read.wrong);
  if (needsItsUnit(task, read.answer)) {
    const { prisma } = services.database;
    const unitId = await repository.findUnitOfShown(prisma, projectId, taskId, shownReadingId);
    const misfit =
      unitId === undefined
        ? null
        : await misfitInPlace(prisma, task, { projectId, taskId, unitId }, read.answer);
    if (misfit !== null) throw misfitting(misfit);
  }
  return read;
}

/** Stores one verdict, exactly once, and with it the answer given instead. The same again gets the same receipt. */
export async function submit(
  services: Services,
  memory: TaskMemory,
  who: { readonly sessionHash: Uint8Array<ArrayBuffer> | undefined; readonly principal: Principal },
  projectId: ProjectId,
  taskId: TaskId,
  submission: ValidationSubmission,
): Promise<ValidationReceipt> {
  const { prisma } = services.database;
  await requireMember(prisma, who.principal, projectId);
  if (who.sessionHash === undefined) throw new Unauthenticated();
  const task = await memory.find(services, projectId, taskId);
  if (task === undefined) throw new NotFound();
  const own = await readOwnAnswer(services, task, projectId, taskId, submission);
  const { submissionId, shownReadingId, verdict, elapsedMs } = submission;
  const answer = own === null ? null : JSON.stringify(own.answer);
  const comment = submission.comment ?? null;
  const supersedes = submission.supersedes ?? null;
  const hash = createHash('sha256')
    .update(JSON.stringify([taskId, shownReadingId, verdict, answer, comment, supersedes, elapsedMs]))
    .digest();
  const stored = await repository.submitValidation(
    prisma,
    {
      ...{ projectId, taskId, shownReadingId, submissionId, verdict, answer, comment, supersedes, elapsedMs },
      sessionHash: who.sessionHash,
      validationId: uuidv7(),
      ownJudgementId: uuidv7(),
      hash: new Uint8Array(hash),
      pointsAt: [...new Set(own?.pointsAt ?? [])],
    },
    services.environment.leaseSeconds,
  );
  switch (stored?.outcome) {
    case 'stored':
      return validationReceiptSchema.parse({
        submissionId,
        validationId: stored.validation_id,
        receivedAt: stored.received_at?.toISOString(),
        extra: stored.is_extra,
      });
    case undefined:
    case 'unknown':
      throw new NotFound();
    case 'unauthenticated':
      throw new Unauthenticated();
    case 'supersedes-unknown':
      throw new Conflict('supersedes-unknown', 'The verdict that this one is to replace is not among yours.');
    case 'superseded-already':
      throw new Conflict('superseded-already', 'You have said something else of this reading meanwhile.');
    case 'points-ahead':
      throw new Unprocessable(
        'points-ahead',
        'The answer points at something that is not earlier in the same text.',
      );
    case 'answer-needed':
      throw new Unprocessable('answer-needed', 'Who disagrees says what he would answer instead.');
    case 'reused':
      throw new Unprocessable('submission-reused', 'This submission id has been used for something else.');
  }
}

export async function finish(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  leaseId: ValidationLeaseId,
): Promise<void> {
  const { prisma } = services.database;
  const { memberId } = await requireMember(prisma, principal, projectId);
  const { outcome, taskId } = await repository.finishValidation(prisma, projectId, memberId, leaseId);
  if (outcome === 'unknown' || taskId === null) throw new NotFound();
  if (outcome === 'unfinished')
    throw new Conflict('section-unfinished', 'Some readings of the section have no verdict yet.');
  await services.jobs.send('advance-stages', { projectId, taskId }, taskId);
}

export async function giveBack(
  services: Services,
  principal: Principal,
  projectId: ProjectId,
  leaseId: ValidationLeaseId,
): Promise<void> {
  const { prisma } = services.database;
  const { memberId } = await requireMember(prisma, principal, projectId);
  if (!(await repository.returnValidation(prisma, projectId, memberId, leaseId))) throw new NotFound();
}
