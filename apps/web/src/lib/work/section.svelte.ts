import type { Act, Lease, UnitId } from '@casebook/contracts';
import type { TaskTypeContract } from '@casebook/task-types/contract';
import type { OwnJudgement, SectionWork, WorkUnit } from '@casebook/task-types/web';
import { z } from 'zod';
import { DraftComments } from './draft-comments.ts';
import { latestUndoable, standings, type Entry, type NewEntry, type Standing } from './entry.ts';
import { JudgementReader } from './judgement-reader.ts';
import { nextOpen, positionsOf } from './next-open.ts';
import type { Outbox } from './outbox.svelte.ts';
import { Stopwatch } from './stopwatch.ts';

type Place = Pick<NewEntry, 'projectId' | 'taskId'>;

/** A leased section over the outbox: what was judged is what the server knew plus what this device did since. */
export class LeasedSection<Unit, Answer, Protocol> implements SectionWork<Unit, Answer, Protocol> {
  readonly protocol: Protocol;
  readonly units: readonly WorkUnit<Unit>[];
  readonly earlierUnits: readonly WorkUnit<Unit>[];
  /** What was last said to screen readers; `count` tells two equal messages apart. */
  said: { readonly message: string; readonly count: number } = $state.raw({ message: '', count: 0 });

  #lease: Lease;
  #currentId: UnitId | null = $state(null);
  #comment: string = $state('');
  /** The unit in question was chosen though it is judged: to be judged again. */
  #revising = false;
  readonly #outbox: Outbox;
  readonly #place: Place;
  readonly #drafts: DraftComments;
  readonly #positions: ReadonlyMap<UnitId, number>;
  readonly #stopwatch = new Stopwatch();
  readonly #reader: JudgementReader<Answer>;

  readonly #entries: readonly Entry[] = $derived.by(() =>
    this.#outbox.entries.filter(({ taskId }) => taskId === this.#place.taskId),
  );
  readonly #standing: ReadonlyMap<UnitId, Standing> = $derived.by(() =>
    standings(this.#lease.judgements, this.#entries),
  );
  readonly #undoable: Entry | null = $derived.by(() =>
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
    this.#drafts = new DraftComments(outbox.userId, place.taskId);
    this.protocol = contract.protocol.parse(lease.protocol);
    const parsed = (unit: Lease['units'][number]): WorkUnit<Unit> => ({
      ...unit,
      content: contract.unit.parse(unit.content),
    });
    this.units = lease.units.map(parsed);
    this.earlierUnits = lease.earlierUnits.map(parsed);
    this.#positions = positionsOf(this.units);
    this.#show(this.#nextOpen(null));
  }

  get lease(): Lease {
    return this.#lease;
  }

  get current(): WorkUnit<Unit> | null {
    const position = this.#currentId === null ? undefined : this.#positions.get(this.#currentId);
    return position === undefined ? null : (this.units[position] ?? null);
  }

  get comment(): string {
    return this.#comment;
  }

  /** Kept on this device until the unit in question is judged. */
  set comment(comment: string) {
    this.#comment = comment;
    if (this.#currentId === null) return;
    if (comment === this.#given(this.#currentId)) this.#drafts.forget(this.#currentId);
    else this.#drafts.keep(this.#currentId, comment);
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
    const { unitId, comment } = entry.submission;
    this.#add(unitId, { kind: 'withdrawal' }, '');
    // The answer is to be given anew, without one to fall back on; what was written need not be written again.
    if (comment !== undefined) this.#drafts.keep(unitId, comment);
    this.#show(unitId, comment);
    return this.current;
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
    this.#add(unit.id, act, this.#comment.trim());
    this.#drafts.forget(unit.id);
    this.#show(this.#nextOpen(unit.id));
  }

  #add(unitId: UnitId, act: Act, comment: string): void {
    const supersedes = this.#standing.get(unitId)?.submissionId;
    this.#outbox.add({
      ...this.#place,
      userId: this.#outbox.userId,
      leaseId: this.#lease.id,
      submission: {
        submissionId: this.#outbox.nextSubmissionId(),
        unitId,
        act,
        elapsedMs: this.#stopwatch.elapsed(),
        ...(comment === '' ? {} : { comment }),
        ...(supersedes === undefined ? {} : { supersedes }),
      },
    });
  }

  /** The comment that stands with a unit's judgement. */
  #given(unitId: UnitId): string {
    return this.judgementOf(unitId)?.comment ?? '';
  }

  /** Asks about a unit. `comment` is what is known of its draft where the device may keep none. */
  #show(unitId: UnitId | null, comment?: string): void {
    this.#currentId = unitId;
    this.#revising = false;
    this.#comment = unitId === null ? '' : (comment ?? this.#drafts.of(unitId) ?? this.#given(unitId));
    this.#stopwatch.restart(document.visibilityState === 'visible');
  }

  #nextOpen(after: UnitId | null): UnitId | null {
    const standing = this.#standing;
    return nextOpen(this.units, after, (id) => isOpen(standing.get(id)));
  }
}

/** Whether a unit waits to be judged: nothing was said of it, or it was taken back. */
function isOpen(standing: Standing | undefined): boolean {
  return standing === undefined || standing.act.kind === 'withdrawal';
}
