import {
  problemSchema,
  routes,
  type Claim,
  type Lease,
  type LeaseId,
  type ProjectId,
  type Submission,
  type TaskId,
  type UserId,
} from '@casebook/contracts';
import type { Refusal } from './entry.ts';
import { verdictOn, type Verdict } from './verdict.ts';

/** What came of asking the server for something. */
export type Reply<Value> =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'log-in' }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

interface Parser<Value> {
  safeParse(value: unknown): { success: true; data: Value } | { success: false };
}

/** The longest that an answer of the server is waited for, in milliseconds. */
const PATIENCE = 20_000;

async function ask<Value>(
  method: 'GET' | 'POST',
  path: string,
  parser: Parser<Value> | null,
): Promise<Reply<Value | null>> {
  let response: Response;
  let body: unknown;
  try {
    response = await fetch(`/api/v1${path}`, { method, signal: AbortSignal.timeout(PATIENCE) });
    body = response.status === 204 ? undefined : await response.json();
  } catch {
    return { kind: 'unreachable' };
  }
  if (response.ok) {
    if (parser === null) return { kind: 'value', value: null };
    const parsed = parser.safeParse(body);
    return parsed.success ? { kind: 'value', value: parsed.data } : { kind: 'unreachable' };
  }
  if (response.status === 401) return { kind: 'log-in' };
  if (response.status >= 500 || response.status === 429) return { kind: 'unreachable' };
  const problem = problemSchema.safeParse(body);
  return {
    kind: 'refused',
    refusal: problem.success
      ? { status: response.status, title: problem.data.title, detail: problem.data.detail }
      : { status: response.status, title: 'Refused', detail: `The server answered ${response.status}.` },
  };
}

async function askFor<Value>(
  method: 'GET' | 'POST',
  path: string,
  parser: Parser<Value>,
): Promise<Reply<Value>> {
  const reply = await ask(method, path, parser);
  if (reply.kind !== 'value') return reply;
  return reply.value === null ? { kind: 'unreachable' } : { kind: 'value', value: reply.value };
}

export function claim(projectId: ProjectId, taskId: TaskId): Promise<Reply<Claim>> {
  return askFor('POST', `/projects/${projectId}/tasks/${taskId}/leases`, routes.claim.response);
}

export function fetchLease(projectId: ProjectId, leaseId: LeaseId): Promise<Reply<Lease>> {
  return askFor('GET', `/projects/${projectId}/leases/${leaseId}`, routes.lease.response);
}

export function renewLease(
  projectId: ProjectId,
  leaseId: LeaseId,
): Promise<Reply<{ readonly expiresAt: string }>> {
  return askFor('POST', `/projects/${projectId}/leases/${leaseId}/renewal`, routes.renewLease.response);
}

export function finishLease(projectId: ProjectId, leaseId: LeaseId): Promise<Reply<null>> {
  return ask('POST', `/projects/${projectId}/leases/${leaseId}/finish`, null);
}

/**
 * Posts the judgements of one user. The cookie decides in whose name the server takes a judgement, and another tab
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

  async send(projectId: ProjectId, submission: Submission): Promise<Verdict> {
    if (!this.#certain) {
      const session = await askFor('GET', '/session', routes.session.response);
      if (session.kind === 'unreachable') return { kind: 'later', cause: 'no-network', afterMs: null };
      if (session.kind !== 'value' || session.value.user.id !== this.#userId) return { kind: 'log-in' };
      this.#certain = true;
    }
    let response: Response;
    try {
      response = await fetch(`/api/v1/projects/${projectId}/judgements`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(submission),
        signal: AbortSignal.timeout(PATIENCE),
      });
    } catch {
      return { kind: 'later', cause: 'no-network', afterMs: null };
    }
    const verdict = await verdictOn(response, submission.submissionId);
    if (verdict.kind === 'log-in') this.#certain = false;
    return verdict;
  }
}
