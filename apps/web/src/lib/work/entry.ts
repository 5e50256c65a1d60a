import type {
  Lease,
  LeaseId,
  OwnJudgement,
  ProjectId,
  Receipt,
  Submission,
  SubmissionId,
  ShownReadingId,
  TaskId,
  UnitId,
  UserId,
  ValidationLease,
  ValidationLeaseId,
  ValidationReceipt,
  ValidationSubmission,
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
  | { readonly kind: 'sent'; readonly receipt: Receipt | ValidationReceipt }
  /** Refused: it is shown, and blocks nothing. */
  | { readonly kind: 'parked'; readonly refusal: Refusal }
  /** It took back something that the server never had. */
  | { readonly kind: 'moot' };

/** Something given by a coder as this device keeps it, from then until its section is handed in. */
interface Kept {
  /** Its place in the order of sending. */
  readonly seq: number;
  readonly userId: UserId;
  readonly projectId: ProjectId;
  readonly taskId: TaskId;
  readonly fate: Fate;
}
export interface JudgementEntry extends Kept {
  readonly leaseId: LeaseId;
  readonly submission: Submission;
}
/** What a validator said of a reading. */
export interface VerdictEntry extends Kept {
  readonly leaseId: ValidationLeaseId;
  readonly submission: ValidationSubmission;
}
/** Both wait in one queue, and are sent in one order. */
export type Entry = JudgementEntry | VerdictEntry;
export type NewEntry = Omit<JudgementEntry, 'seq' | 'fate'> | Omit<VerdictEntry, 'seq' | 'fate'>;

export function isJudgement(entry: Entry): entry is JudgementEntry {
  return 'unitId' in entry.submission;
}

export function isVerdict(entry: Entry): entry is VerdictEntry {
  return 'shownReadingId' in entry.submission;
}

/** What an entry is about: a later one about the same supersedes it. */
export function subjectOf({ submission }: Pick<Entry, 'submission'>): UnitId | ShownReadingId {
  return 'unitId' in submission ? submission.unitId : submission.shownReadingId;
}

/** What this coder last did with a unit, a withdrawal included: the next judgement supersedes it. */
export type Standing = Omit<Lease['judgements'][number], 'unitId'>;

/**
 * What was done last with each thing here, over what the server has of it.
 *
 * Where the server's latest is one that nothing here knows of, another device has been at it since, and the server's
 * word stands unless something newer waits here. Refused entries do not stand.
 */
function latestHere<E extends Entry>(
  knownOf: (subject: ReturnType<typeof subjectOf>) => SubmissionId | undefined,
  entries: readonly E[],
): readonly E[] {
  const here = new Map<string, E[]>();
  for (const entry of entries) {
    if (entry.fate.kind === 'parked' || entry.fate.kind === 'moot') continue;
    const subject = subjectOf(entry);
    here.set(subject, [...(here.get(subject) ?? []), entry]);
  }
  return [...here.values()].flatMap((chain) => {
    const latest = chain.at(-1);
    if (latest === undefined) return [];
    const there = knownOf(subjectOf(latest));
    const familiar =
      there === undefined ||
      latest.fate.kind === 'waiting' ||
      chain.some(({ submission }) => submission.submissionId === there || submission.supersedes === there);
    return familiar ? [latest] : [];
  });
}

/** What stands for each unit: the server's word when the lease was fetched, and over it what was done here. */
export function standings(
  known: Lease['judgements'],
  entries: readonly JudgementEntry[],
): ReadonlyMap<UnitId, Standing> {
  const standing = new Map<UnitId, Standing>(known.map((judgement) => [judgement.unitId, judgement]));
  const there = new Map<string, SubmissionId>(
    known.map(({ unitId, submissionId }) => [unitId, submissionId]),
  );
  for (const { submission } of latestHere((subject) => there.get(subject), entries)) {
    const { unitId, submissionId, act, confidence, comment, commentKind } = submission;
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

/** A verdict that stands. */
export type StandingVerdict = ValidationLease['validations'][number];

/** What stands for each reading shown, as `standings` has it for units. */
export function standingVerdicts(
  known: readonly StandingVerdict[],
  entries: readonly VerdictEntry[],
): ReadonlyMap<ShownReadingId, StandingVerdict> {
  const standing = new Map(known.map((verdict) => [verdict.shownReadingId, verdict]));
  const there = new Map<string, SubmissionId>(
    known.map(({ shownReadingId, submissionId }) => [shownReadingId, submissionId]),
  );
  for (const { submission } of latestHere((subject) => there.get(subject), entries)) {
    const { shownReadingId, submissionId, verdict, comment } = submission;
    standing.set(shownReadingId, { shownReadingId, submissionId, verdict, comment: comment ?? null });
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
  entries: readonly JudgementEntry[],
  standing: ReadonlyMap<UnitId, Standing>,
): JudgementEntry | null {
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
export function asSent(entry: Entry, entries: readonly Entry[]): Entry['submission'] | null {
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
  return 'act' in rest && rest.act.kind === 'withdrawal' ? null : rest;
}
