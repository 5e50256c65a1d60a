import {
  problemSchema,
  receiptSchema,
  validationReceiptSchema,
  type Receipt,
  type SubmissionId,
  type ValidationReceipt,
} from '@casebook/contracts';
import { z } from 'zod';
import type { Refusal } from './entry.ts';

const anyReceiptSchema = z.union([receiptSchema, validationReceiptSchema]);

/** What to make of the server's reply to a judgement, or to a validator's verdict. */
export type Verdict =
  | { readonly kind: 'receipt'; readonly receipt: Receipt | ValidationReceipt }
  /** Try again; not before `afterMs` where the server says so. */
  | { readonly kind: 'later'; readonly cause: 'no-network' | 'server'; readonly afterMs: number | null }
  | { readonly kind: 'log-in' }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** Statuses that say nothing against the judgement: it may be taken the next time. */
const PASSING = new Set([408, 421, 425, 429]);

/**
 * Reads a reply. Only a receipt for this very submission counts as taken: a 2xx of something else (the log-in page
 * of a train's network, a proxy's notice) means that the server was not reached.
 */
export async function verdictOn(
  response: Response,
  submissionId: SubmissionId,
  now: number = Date.now(),
): Promise<Verdict> {
  if (response.ok) {
    const receipt = anyReceiptSchema.safeParse(await jsonOf(response));
    if (receipt.success && receipt.data.submissionId === submissionId) {
      return { kind: 'receipt', receipt: receipt.data };
    }
    return { kind: 'later', cause: 'no-network', afterMs: null };
  }
  if (response.status === 401) return { kind: 'log-in' };
  if (response.status >= 500 || response.status < 400 || PASSING.has(response.status)) {
    return { kind: 'later', cause: 'server', afterMs: retryAfter(response.headers.get('retry-after'), now) };
  }
  const problem = problemSchema.safeParse(await jsonOf(response));
  // Only the API says why it refuses; anything else came from something in between, and may pass.
  if (!problem.success) return { kind: 'later', cause: 'server', afterMs: null };
  const { title, detail, latest } = problem.data;
  return {
    kind: 'refused',
    refusal: { status: response.status, title, detail, ...(latest === undefined ? {} : { latest }) },
  };
}

async function jsonOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

/** Milliseconds to wait by a `Retry-After` header, seconds or a date (RFC 9110, 10.2.3); null where it says nothing. */
export function retryAfter(header: string | null, now: number): number | null {
  if (header === null) return null;
  if (/^\d+$/u.test(header.trim())) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
