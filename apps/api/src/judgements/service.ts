import { createHash } from 'node:crypto';
import type { ProjectId, Receipt, Submission, TaskId } from '@casebook/contracts';
import { judgementIdSchema } from '@casebook/contracts';
import { uuidv7 } from 'uuidv7';
import type { Principal } from '../access/principal.ts';
import { requireMember } from '../access/rules.ts';
import { Conflict, NotFound, SupersededAlready, Unauthenticated, Unprocessable } from '../errors.ts';
import type { Services } from '../services.ts';
import { Gathering } from './gathering.ts';
import { misfitInPlace, misfitting, needsItsUnit, readAnswer } from './known-task.ts';
import type { ReadAnswer, TaskMemory } from './known-task.ts';
import * as repository from './repository.ts';

/** Who submits: the session is checked by the same statement that stores, so only its hash is needed here. */
export interface Submitter {
  readonly sessionHash: Uint8Array<ArrayBuffer> | undefined;
  readonly principal: () => Promise<Principal>;
}

/** The submissions that this process is storing or about to: together with others of their project, and only those. */
export class Submissions {
  readonly #services: Services;
  readonly #projects = new Map<ProjectId, Gathering<repository.SubmissionRow, repository.SubmitOutcome>>();

  constructor(services: Services) {
    this.#services = services;
  }

  add(row: repository.SubmissionRow): Promise<repository.SubmitOutcome> {
    const gathering = this.#projects.get(row.projectId) ?? this.#gather(row.projectId);
    return gathering.add(row);
  }

  #gather(projectId: ProjectId): Gathering<repository.SubmissionRow, repository.SubmitOutcome> {
    const { database, environment } = this.#services;
    const gathering = new Gathering(
      (rows: readonly repository.SubmissionRow[]) =>
        repository.submitJudgements(database.prisma, rows, environment.leaseSeconds),
      () => this.#projects.delete(projectId),
    );
    this.#projects.set(projectId, gathering);
    return gathering;
  }
}

const NO_ANSWER: ReadAnswer = { answer: null, pointsAt: [] };

/**
 * Stores one judgement, exactly once. The same submission again gets the same receipt; the row is committed before
 * this returns.
 */
export async function submit(
  services: Services,
  memory: TaskMemory,
  submissions: Submissions,
  submitter: Submitter,
  projectId: ProjectId,
  taskId: TaskId,
  submission: Submission,
): Promise<Receipt> {
  const { sessionHash } = submitter;
  if (sessionHash === undefined) throw new Unauthenticated();
  const task = await memory.find(services, projectId, taskId);
  if (task === undefined) {
    await submitter.principal();
    throw new NotFound();
  }
  const { act } = submission;
  const confidence = submission.confidence ?? null;
  const commentKind = submission.commentKind ?? null;
  const read = act.kind === 'answer' ? readAnswer(task, act.answer) : NO_ANSWER;
  const wrong =
    'wrong' in read
      ? read.wrong
      : act.kind === 'skip' && !task.type.contract.skipReasons.some((reason) => reason.code === act.reason)
        ? `“${act.reason}” is no reason to skip that this kind of task knows`
        : commentKind !== null && !task.type.contract.commentKinds.some(({ code }) => code === commentKind)
          ? `“${commentKind}” is no kind of comment that this kind of task knows`
          : undefined;
  if (wrong !== undefined || 'wrong' in read) {
    await requireMember(services.database.prisma, await submitter.principal(), projectId);
    throw misfitting(wrong ?? '');
  }
  if (act.kind === 'answer' && needsItsUnit(task, read.answer)) {
    const { prisma } = services.database;
    await requireMember(prisma, await submitter.principal(), projectId);
    // A unit that is not there is refused below, in the words for it.
    const { unitId } = submission;
    const misfit = await misfitInPlace(prisma, task, { projectId, taskId, unitId }, read.answer);
    if (misfit !== null) throw misfitting(misfit);
  }
  const answer = act.kind === 'answer' ? JSON.stringify(read.answer) : null;
  const skipReason = act.kind === 'skip' ? act.reason : null;
  const comment = submission.comment ?? null;
  const supersedes = submission.supersedes ?? null;
  const hash = createHash('sha256')
    .update(
      JSON.stringify([
        taskId,
        submission.unitId,
        act.kind,
        answer,
        skipReason,
        comment,
        supersedes,
        submission.elapsedMs,
        // Last and only where said, so that what was sent before these could be said hashes as it did.
        ...(confidence === null && commentKind === null ? [] : [confidence, commentKind]),
      ]),
    )
    .digest();
  const result = await submissions.add({
    sessionHash,
    projectId,
    taskId,
    unitId: submission.unitId,
    judgementId: uuidv7(),
    submissionId: submission.submissionId,
    hash: new Uint8Array(hash),
    act: act.kind,
    answer: act.kind === 'answer' ? read.answer : null,
    skipReason,
    confidence,
    comment,
    commentKind,
    contractVersion: task.type.contract.version,
    elapsedMs: submission.elapsedMs,
    supersedes,
    pointsAt: [...new Set(read.pointsAt)],
  });
  switch (result.outcome) {
    case 'stored':
      services.agreementClock.note(projectId, taskId);
      return {
        submissionId: submission.submissionId,
        judgementId: judgementIdSchema.parse(result.judgementId),
        receivedAt: result.receivedAt.toISOString(),
        extra: result.extra,
      };
    case 'unauthenticated':
      throw new Unauthenticated();
    case 'unknown':
      throw new NotFound();
    case 'never-leased':
      throw new Conflict('never-leased', 'This unit is in no section that you have held.');
    case 'supersedes-unknown':
      throw new Conflict(
        'supersedes-unknown',
        'The judgement that this one is to replace is not among yours on this unit.',
      );
    case 'superseded-already':
      throw new SupersededAlready(
        result.head === null
          ? undefined
          : await repository.findOwnJudgement(services.database.prisma, projectId, result.head),
      );
    case 'points-ahead':
      throw new Unprocessable(
        'points-ahead',
        'The answer points at something that is not earlier in the same text.',
      );
    case 'reused':
      throw new Unprocessable('submission-reused', 'This submission id has been used for something else.');
  }
}
