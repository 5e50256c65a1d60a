import {
  judgementIdSchema,
  leaseIdSchema,
  projectIdSchema,
  submissionIdSchema,
  taskIdSchema,
  unitIdSchema,
  userIdSchema,
  type Receipt,
  type Submission,
} from '@casebook/contracts';
import type { Fate, JudgementEntry } from './entry.ts';

/** Things for tests: the nth id of a kind is the same id every time. */
const uuid = (kind: number, n: number): string =>
  `0190000${kind}-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;

export const submissionId = (n: number) => submissionIdSchema.parse(uuid(1, n));
export const unitId = (n: number) => unitIdSchema.parse(uuid(2, n));
export const userId = (n: number) => userIdSchema.parse(uuid(3, n));
export const leaseId = (n: number) => leaseIdSchema.parse(uuid(6, n));

export function rated(n: number, unit: number, value: number, supersedes?: number): Submission {
  return {
    submissionId: submissionId(n),
    unitId: unitId(unit),
    act: { kind: 'answer', answer: { kind: 'rating', value } },
    elapsedMs: 100,
    ...(supersedes === undefined ? {} : { supersedes: submissionId(supersedes) }),
  };
}

export function withdrawn(n: number, unit: number, supersedes: number): Submission {
  return {
    submissionId: submissionId(n),
    unitId: unitId(unit),
    act: { kind: 'withdrawal' },
    elapsedMs: 100,
    supersedes: submissionId(supersedes),
  };
}

export function entry(submission: Submission, fate: Fate = { kind: 'waiting' }, lease = 1): JudgementEntry {
  return {
    seq: Number.parseInt(submission.submissionId.slice(-12), 16),
    userId: userId(1),
    projectId: projectIdSchema.parse(uuid(4, 1)),
    taskId: taskIdSchema.parse(uuid(5, 1)),
    leaseId: leaseId(lease),
    submission,
    fate,
  };
}

export function receiptFor(submission: Pick<Submission, 'submissionId'>): Receipt {
  return {
    submissionId: submission.submissionId,
    judgementId: judgementIdSchema.parse(uuid(7, 1)),
    receivedAt: '2026-01-01T00:00:00Z',
    extra: false,
  };
}

export const sent = (submission: Pick<Submission, 'submissionId'>): Fate => ({
  kind: 'sent',
  receipt: receiptFor(submission),
});
export const parked: Fate = {
  kind: 'parked',
  refusal: { status: 422, title: 'Refused', detail: 'It does not fit.' },
};
