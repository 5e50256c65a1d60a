import type { Act, Confidence, Lease, Submission, UnitId } from '@casebook/contracts';
import type { TaskTypeContract } from '@casebook/task-types/contract';
import type { OwnJudgement, SectionWork, WorkUnit } from '@casebook/task-types/web';
import { z } from 'zod';
import { Drafts, type UnitDraft } from './drafts.ts';
import { latestUndoable, standings, type JudgementEntry, type NewEntry, type Standing } from './entry.ts';
import { JudgementReader } from './judgement-reader.ts';
import { nextOpen, positionsOf } from './next-open.ts';
import type { Outbox } from './outbox.svelte.ts';
import { Stopwatch } from './stopwatch.ts';

type Place = Pick<NewEntry, 'projectId' | 'taskId'>;

/** A leased section over the outbox: what was judged is what the server knew plus what this device did since. */
export class LeasedSection<Unit, Answer, Protocol> implements SectionWork<Unit, Answer, Protocol> {
  readonly protocol: Protocol;
  readonly takes = 'everything';
  readonly units: readonly WorkUnit<Unit>[];
  readonly earlierUnits: readonly WorkUnit<Unit>[];
  /** What was last said to screen readers; `count` tells two equal messages apart. */
  said: { readonly message: string; readonly count: number } = $state.raw({ message: '', count: 0 });

  #lease: Lease;
  #currentId: UnitId | null = $state(null);
  #draft: UnitDraft = $state.raw(BLANK);
  #postponed: readonly UnitId[];
  /** The unit in question was chosen though it is judged: to be judged again. */
  #revising = false;
  readonly #outbox: Outbox;
  readonly #place: Place;
  readonly #drafts: Drafts;
  readonly #positions: ReadonlyMap<UnitId, number>;
  readonly #stopwatch = new Stopwatch();
  readonly #reader: JudgementReader<Answer>;

  readonly #entries: readonly JudgementEntry[] = $derived.by(() =>
    this.#outbox.judgements.filter(({ taskId }) => taskId === this.#place.taskId),
  );
  readonly #standing: ReadonlyMap<UnitId, Standing> = $derived.by(() =>
    standings(this.#lease.judgements, this.#entries),
  );
  readonly #undoable: JudgementEntry | null = $derived.by(() =>
    latestUndoable(
      this.#entries.filter(({ submission }) => this.#positions.has(submission.unitId)),
      this.#standing,
    ),
  );

  readonly #judged: number = $derived.by(() => {
    const standing = this.#standing;
    return this.units.filter(({ id }) => !isOpen(standing.get(id))).length;
  });

  /** @throws where the lease does not fit the contract of its task type. */
  constructor(
    lease: Lease,
    contract: TaskTypeContract<Unit, Answer, Protocol>,
    outbox: Outbox,
    place: Place,
  ) {
    this.#lease = $state.raw(lease);
    this.#reader = new JudgementReader(contract);
    this.#outbox = outbox;
    this.#place = place;
    this.#drafts = new Drafts(outbox.userId, place.taskId);
    this.protocol = contract.protocol.parse(lease.protocol);
    const parsed = (unit: Lease['units'][number]): WorkUnit<Unit> => ({
      ...unit,
      content: contract.unit.parse(unit.content),
    });
    this.units = lease.units.map(parsed);
    this.earlierUnits = lease.earlierUnits.map(parsed);
    this.#positions = positionsOf(this.units);
    this.#postponed = $state.raw(this.units.map(({ id }) => id).filter((id) => this.#drafts.isPostponed(id)));
    this.#show(this.#nextOpen(null));
  }

  get placeInWords(): string {
    const { name, position, of } = this.#lease.section;
    return `${name}, ${position + 1} of ${of}`;
  }

  get lease(): Lease {
    return this.#lease;
  }

  get current(): WorkUnit<Unit> | null {
    const position = this.#currentId === null ? undefined : this.#positions.get(this.#currentId);
    return position === undefined ? null : (this.units[position] ?? null);
  }

  get comment(): string {
    return this.#draft.comment;
  }

  set comment(comment: string) {
    this.#redraft({ ...this.#draft, comment });
  }

  get commentKind(): string | null {
    return this.#draft.commentKind;
  }

  set commentKind(commentKind: string | null) {
    this.#redraft({ ...this.#draft, commentKind });
  }

  get unsure(): boolean {
    return this.#draft.unsure;
  }

  set unsure(unsure: boolean) {
    this.#redraft({ ...this.#draft, unsure });
  }

  get postponed(): readonly WorkUnit<Unit>[] {
    if (this.#postponed.length === 0) return [];
    return this.units.filter(({ id }) => this.#postponed.includes(id) && isOpen(this.#standing.get(id)));
  }

  get undoable(): { readonly unit: WorkUnit<Unit>; readonly judgement: OwnJudgement<Answer> } | null {
    const unitId = this.#undoable?.submission.unitId;
    if (unitId === undefined) return null;
    const unit = this.units[this.#positions.get(unitId) ?? -1];
    const judgement = this.judgementOf(unitId);
    return unit === undefined || judgement === null ? null : { unit, judgement };
  }

  get judged(): number {
    return this.#judged;
  }

  get skipped(): readonly WorkUnit<Unit>[] {
    return this.units.filter(({ id }) => this.#standing.get(id)?.act.kind === 'skip');
  }

  judgementOf(unitId: UnitId): OwnJudgement<Answer> | null {
    const standing = this.#standing.get(unitId);
    if (standing === undefined) return null;
    return this.#reader.read(standing);
  }

  answer(answer: Answer): void {
    this.#judge({ kind: 'answer', answer: z.json().parse(answer) });
  }

  skip(reason: string): void {
    this.#judge({ kind: 'skip', reason });
  }

  undo(): WorkUnit<Unit> | null {
    const entry = this.#undoable;
    if (entry === null) return null;
    const { unitId } = entry.submission;
    const draft = draftOf(entry.submission);
    this.#add(unitId, { kind: 'withdrawal' }, BLANK, this.#stopwatch.elapsed());
    // The answer is to be given anew, without one to fall back on; what was said beside it need not be said again.
    if (!sameDraft(draft, BLANK)) this.#drafts.keep(unitId, draft);
    this.#show(unitId, draft);
    return this.current;
  }

  reconsider(): { readonly unit: WorkUnit<Unit>; readonly confidence: Confidence } | null {
    const entry = this.#undoable;
    const unit = entry === null ? undefined : this.units[this.#positions.get(entry.submission.unitId) ?? -1];
    if (entry === null || unit === undefined || entry.submission.act.kind !== 'answer') return null;
    const { act, elapsedMs } = entry.submission;
    const draft = draftOf(entry.submission);
    const unsure = !draft.unsure;
    this.#add(unit.id, act, { ...draft, unsure }, elapsedMs);
    return { unit, confidence: unsure ? 'unsure' : 'sure' };
  }

  postpone(): void {
    const { current } = this;
    if (current === null || !isOpen(this.#standing.get(current.id))) return;
    this.#drafts.postpone(current.id);
    this.#postponed = [...this.#postponed, current.id];
    this.#show(this.#nextOpen(current.id));
  }

  goTo(unitId: UnitId): void {
    if (!this.#positions.has(unitId)) return;
    this.#show(unitId);
    this.#revising = !isOpen(this.#standing.get(unitId));
  }

  /** Goes on where another tab or device has judged, or opened again, what stands here. */
  keepUp(): void {
    const standing = this.#standing;
    const settled = this.#currentId === null || !isOpen(standing.get(this.#currentId));
    if (!settled || this.#revising) return;
    const next = this.#nextOpen(this.#currentId);
    if (next !== this.#currentId) this.#show(next);
  }

  announce(message: string): void {
    this.said = { message, count: this.said.count + 1 };
  }

  /** The server's newer word on this very lease. */
  refresh(lease: Lease): void {
    this.#lease = lease;
    this.keepUp();
  }

  /** The page was hidden or came back: time to answer counts only while it is seen. */
  visible(visible: boolean): void {
    this.#stopwatch.visible(visible);
  }

  #judge(act: Act): void {
    const unit = this.current;
    if (unit === null) return;
    this.#add(unit.id, act, this.#draft, this.#stopwatch.elapsed());
    this.#drafts.forget(unit.id);
    this.#takeUp(unit.id);
    this.#show(this.#nextOpen(unit.id));
  }

  #takeUp(unitId: UnitId): void {
    if (!this.#postponed.includes(unitId)) return;
    this.#drafts.takeUp(unitId);
    this.#postponed = this.#postponed.filter((id) => id !== unitId);
  }

  #add(unitId: UnitId, act: Act, { comment, commentKind, unsure }: UnitDraft, elapsedMs: number): void {
    const written = comment.trim();
    const supersedes = this.#standing.get(unitId)?.submissionId;
    this.#outbox.add({
      ...this.#place,
      userId: this.#outbox.userId,
      leaseId: this.#lease.id,
      submission: {
        submissionId: this.#outbox.nextSubmissionId(),
        unitId,
        act,
        elapsedMs,
        ...(act.kind === 'answer' ? { confidence: unsure ? 'unsure' : 'sure' } : {}),
        ...(written === '' ? {} : { comment: written }),
        ...(commentKind === null ? {} : { commentKind }),
        ...(supersedes === undefined ? {} : { supersedes }),
      },
    });
  }

  /** What stands with a unit's judgement. */
  #given(unitId: UnitId): UnitDraft {
    const judgement = this.judgementOf(unitId);
    return judgement === null ? BLANK : draftOf(judgement);
  }

  /** Kept on this device until the unit in question is judged. */
  #redraft(draft: UnitDraft): void {
    this.#draft = draft;
    if (this.#currentId === null) return;
    if (sameDraft(draft, this.#given(this.#currentId))) this.#drafts.forget(this.#currentId);
    else this.#drafts.keep(this.#currentId, draft);
  }

  /** Asks about a unit. `draft` is what is known of its own where the device may keep none. */
  #show(unitId: UnitId | null, draft?: UnitDraft): void {
    this.#currentId = unitId;
    this.#revising = false;
    this.#draft = unitId === null ? BLANK : (draft ?? this.#drafts.of(unitId) ?? this.#given(unitId));
    this.#stopwatch.restart(document.visibilityState === 'visible');
  }

  #nextOpen(after: UnitId | null): UnitId | null {
    const standing = this.#standing;
    const postponed = this.#postponed;
    return (
      nextOpen(this.units, after, (id) => isOpen(standing.get(id)) && !postponed.includes(id)) ??
      nextOpen(this.units, after, (id) => isOpen(standing.get(id)))
    );
  }
}

const BLANK: UnitDraft = { comment: '', commentKind: null, unsure: false };

/** What goes with a judgement, as it would be written anew. */
function draftOf({
  comment,
  commentKind,
  confidence,
}: Pick<Submission, 'comment' | 'commentKind' | 'confidence'> | OwnJudgement<unknown>): UnitDraft {
  return { comment: comment ?? '', commentKind: commentKind ?? null, unsure: confidence === 'unsure' };
}

function sameDraft(one: UnitDraft, other: UnitDraft): boolean {
  return (
    one.comment === other.comment && one.commentKind === other.commentKind && one.unsure === other.unsure
  );
}

/** Whether a unit waits to be judged: nothing was said of it, or it was taken back. */
function isOpen(standing: Standing | undefined): boolean {
  return standing === undefined || standing.act.kind === 'withdrawal';
}
