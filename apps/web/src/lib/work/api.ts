import {
  routes,
  type Claim,
  type Lease,
  type LeaseId,
  type ProjectId,
  type TaskId,
  type UserId,
  type ValidationClaim,
  type ValidationLease,
  type ValidationLeaseId,
} from '@casebook/contracts';
import { addressOf } from '#lib/address.ts';
import { ask } from '#lib/api.ts';
import { ProblemError } from '#lib/problem.ts';
import type { Entry, Refusal } from './entry.ts';
import { verdictOn, type Verdict } from './verdict.ts';

/** What came of asking the server for something. */
export type Reply<Value> =
  | { readonly kind: 'value'; readonly value: Value }
  /** It could not be reached, or is in trouble: ask again. */
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'log-in' }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** The longest that an answer of the server is waited for, in milliseconds. */
const PATIENCE = 20_000;
export const patience = (): AbortSignal => AbortSignal.timeout(PATIENCE);

export async function replyOf<Value>(asked: Promise<Value>): Promise<Reply<Value>> {
  try {
    return { kind: 'value', value: await asked };
  } catch (error) {
    if (!(error instanceof ProblemError)) return { kind: 'unreachable' };
    const { status, title, detail } = error.problem;
    if (status === 401) return { kind: 'log-in' };
    if (status >= 500 || status === 429) return { kind: 'unreachable' };
    return { kind: 'refused', refusal: { status, title, detail } };
  }
}

export function claim(projectId: ProjectId, taskId: TaskId): Promise<Reply<Claim>> {
  return replyOf(ask(routes.claim, { params: { projectId, taskId } }, patience()));
}

export function fetchLease(projectId: ProjectId, leaseId: LeaseId): Promise<Reply<Lease>> {
  return replyOf(ask(routes.lease, { params: { projectId, leaseId } }, patience()));
}

export function renewLease(projectId: ProjectId, leaseId: LeaseId): Promise<Reply<unknown>> {
  return replyOf(ask(routes.renewLease, { params: { projectId, leaseId } }, patience()));
}

export function finishLease(projectId: ProjectId, leaseId: LeaseId): Promise<Reply<unknown>> {
  return replyOf(ask(routes.finishLease, { params: { projectId, leaseId } }, patience()));
}

export function claimConference(projectId: ProjectId, taskId: TaskId): Promise<Reply<ValidationClaim>> {
  return replyOf(ask(routes.claimValidation, { params: { projectId, taskId } }, patience()));
}

export function fetchConference(
  projectId: ProjectId,
  validationLeaseId: ValidationLeaseId,
): Promise<Reply<ValidationLease>> {
  return replyOf(ask(routes.validationLease, { params: { projectId, validationLeaseId } }, patience()));
}

export function finishConference(
  projectId: ProjectId,
  validationLeaseId: ValidationLeaseId,
): Promise<Reply<unknown>> {
  return replyOf(ask(routes.finishValidation, { params: { projectId, validationLeaseId } }, patience()));
}

/**
 * Posts the judgements and verdicts of one user. The cookie decides in whose name the server takes a judgement, and another tab
 * may have changed it: so before the first, after a refusal to listen, and whenever `doubt` was called, the
 * server is asked who is logged in, and nothing is posted in another's name.
 */
export class Post {
  readonly #userId: UserId;
  #certain = false;

  constructor(userId: UserId) {
    this.#userId = userId;
  }

  doubt(): void {
    this.#certain = false;
  }

  async send({ projectId, taskId }: Entry, submission: Entry['submission']): Promise<Verdict> {
    if (!this.#certain) {
      const session = await replyOf(ask(routes.session, {}, patience()));
      if (session.kind === 'unreachable') return { kind: 'later', cause: 'no-network', afterMs: null };
      if (session.kind !== 'value' || session.value.user.id !== this.#userId) return { kind: 'log-in' };
      this.#certain = true;
    }
    const { path, method } = 'unitId' in submission ? routes.submit : routes.submitValidation;
    let response: Response;
    try {
      response = await fetch(addressOf(path, { projectId, taskId }), {
        method,
        headers: { accept: 'application/json', 'content-type': 'application/json' },
        body: JSON.stringify(submission),
        signal: patience(),
      });
    } catch {
      return { kind: 'later', cause: 'no-network', afterMs: null };
    }
    const verdict = await verdictOn(response, submission.submissionId);
    if (verdict.kind === 'log-in') this.#certain = false;
    return verdict;
  }
}
