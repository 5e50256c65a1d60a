import type {
  Lease,
  LeaseId,
  OwnJudgement,
  ProjectId,
  Receipt,
  Submission,
  SubmissionId,
  TaskId,
  UnitId,
  UserId,
} from '@casebook/contracts';

/** Why the server would not take a judgement. */
export interface Refusal {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  /** What stands instead, saved from another window or device. */
  readonly latest?: OwnJudgement;
}

export type Fate =
  /** On its way; sent in order until there is a receipt. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'sent'; readonly receipt: Receipt }
  /** Refused: it is shown, and blocks nothing. */
  | { readonly kind: 'parked'; readonly refusal: Refusal }
  /** It took back something that the server never had. */
  | { readonly kind: 'moot' };

/** A judgement as this device keeps it, from the moment it is given until its section is handed in. */
export interface Entry {
  /** Its place in the order of sending. */
  readonly seq: number;
  readonly userId: UserId;
  readonly projectId: ProjectId;
  readonly taskId: TaskId;
  readonly leaseId: LeaseId;
  readonly submission: Submission;
  readonly fate: Fate;
}
export type NewEntry = Omit<Entry, 'seq' | 'fate'>;

/** What this coder last did with a unit, a withdrawal included: the next judgement supersedes it. */
export type Standing = Omit<Lease['judgements'][number], 'unitId'>;

/**
 * What stands for each unit: the server's word when the lease was fetched, and over it what was done here.
 *
 * Where the server's latest is one that nothing here knows of, another device has judged since, and the server's
 * word stands unless something newer waits here. Refused judgements do not stand.
 */
export function standings(
  known: Lease['judgements'],
  entries: readonly Entry[],
): ReadonlyMap<UnitId, Standing> {
  const standing = new Map<UnitId, Standing>(known.map((judgement) => [judgement.unitId, judgement]));
  const here = new Map<UnitId, Entry[]>();
  for (const entry of entries) {
    if (entry.fate.kind === 'parked' || entry.fate.kind === 'moot') continue;
    const { unitId } = entry.submission;
    here.set(unitId, [...(here.get(unitId) ?? []), entry]);
  }
  for (const [unitId, chain] of here) {
    const latest = chain.at(-1);
    if (latest === undefined) continue;
    const there = standing.get(unitId);
    const familiar =
      there === undefined ||
      latest.fate.kind === 'waiting' ||
      chain.some(
        ({ submission }) =>
          submission.submissionId === there.submissionId || submission.supersedes === there.submissionId,
      );
    if (!familiar) continue;
    const { submissionId, act, confidence, comment, commentKind } = latest.submission;
    standing.set(unitId, {
      submissionId,
      act,
      confidence: confidence ?? null,
      comment: comment ?? null,
      commentKind: commentKind ?? null,
    });
  }
  return standing;
}

/** What is on the disk, and after it what is shown but is not on the disk yet. */
export function withUnwritten(stored: readonly Entry[], shown: readonly Entry[]): readonly Entry[] {
  const ids = new Set(stored.map(({ submission }) => submission.submissionId));
  return [...stored, ...shown.filter(({ submission }) => !ids.has(submission.submissionId))];
}

/** The latest judgement given here that still stands and is not itself a withdrawal; null where none is. */
export function latestUndoable(
  entries: readonly Entry[],
  standing: ReadonlyMap<UnitId, Standing>,
): Entry | null {
  const latest = entries.findLast(
    ({ submission, fate }) =>
      submission.act.kind !== 'withdrawal' &&
      fate.kind !== 'parked' &&
      fate.kind !== 'moot' &&
      standing.get(submission.unitId)?.submissionId === submission.submissionId,
  );
  return latest ?? null;
}

/**
 * A judgement as it is to be sent now. What it supersedes may have been refused since it was given: then it
 * supersedes what that one did. Null where it takes back something that the server never took: there is nothing
 * to send.
 *
 * It is stable once asked for the first time, because judgements are sent in order: whatever this one builds on
 * has its fate by then. So a retry has the same body.
 */
export function asSent(entry: Entry, entries: readonly Entry[]): Submission | null {
  const { supersedes, ...rest } = entry.submission;
  const refused = new Map<SubmissionId, SubmissionId | undefined>();
  for (const { submission, fate } of entries) {
    if (fate.kind === 'parked' || fate.kind === 'moot') {
      refused.set(submission.submissionId, submission.supersedes);
    }
  }
  let target = supersedes;
  while (target !== undefined && refused.has(target)) target = refused.get(target);
  if (target !== undefined) return { ...rest, supersedes: target };
  return rest.act.kind === 'withdrawal' ? null : rest;
}
