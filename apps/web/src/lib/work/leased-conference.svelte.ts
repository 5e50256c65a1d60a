import type { ShownReadingId, UnitId, ValidationLease, Verdict } from '@casebook/contracts';
import type { TaskTypeContract } from '@casebook/task-types/contract';
import type { ConferenceWork, OwnVerdict, PutReading, WorkUnit } from '@casebook/task-types/web';
import { z } from 'zod';
import { standingVerdicts, type StandingVerdict, type VerdictEntry } from './entry.ts';
import type { NewEntry } from './entry.ts';
import { nextOpen, positionsOf } from './next-open.ts';
import type { Outbox } from './outbox.svelte.ts';
import { Stopwatch } from './stopwatch.ts';

type Place = Pick<NewEntry, 'projectId' | 'taskId'>;

/** A section under validation over the outbox: what was said is what the server knew plus what this device did since. */
export class LeasedConference<Unit, Answer, Protocol> implements ConferenceWork<Unit, Answer, Protocol> {
  readonly protocol: Protocol;
  readonly units: readonly WorkUnit<Unit>[];
  readonly readings: readonly PutReading<Unit, Answer>[];
  /** What was last said to screen readers; `count` tells two equal messages apart. */
  said: { readonly message: string; readonly count: number } = $state.raw({ message: '', count: 0 });
  comment: string = $state('');

  #lease: ValidationLease;
  #currentId: ShownReadingId | null = $state(null);
  /** The reading in question was chosen though it has a verdict: to say something else. */
  #revising = false;
  readonly #outbox: Outbox;
  readonly #place: Place;
  readonly #contract: TaskTypeContract<Unit, Answer, Protocol>;
  readonly #positions: ReadonlyMap<ShownReadingId, number>;
  readonly #stopwatch = new Stopwatch();

  readonly #entries: readonly VerdictEntry[] = $derived.by(() =>
    this.#outbox.verdicts.filter(
      ({ submission, fate }) =>
        this.#positions.has(submission.shownReadingId) && fate.kind !== 'parked' && fate.kind !== 'moot',
    ),
  );
  readonly #standing: ReadonlyMap<ShownReadingId, StandingVerdict> = $derived.by(() =>
    standingVerdicts(this.#lease.validations, this.#entries),
  );
  /** What was answered instead, the latest last. */
  readonly #ownAnswers: readonly { readonly unitId: UnitId; readonly answer: Answer }[] = $derived.by(() => {
    const here = this.#entries.flatMap(({ submission: { shownReadingId, answer } }) => {
      const unitId = this.#readingOf(shownReadingId)?.unit.id;
      return unitId === undefined || answer === undefined ? [] : [{ unitId, answer }];
    });
    return [...this.#lease.ownAnswers, ...here].flatMap(({ unitId, answer }) => {
      const parsed = this.#contract.answer.safeParse(answer);
      return parsed.success ? [{ unitId, answer: parsed.data }] : [];
    });
  });

  /** @throws where the lease does not fit the contract of its task type. */
  constructor(
    lease: ValidationLease,
    contract: TaskTypeContract<Unit, Answer, Protocol>,
    outbox: Outbox,
    place: Place,
  ) {
    this.#lease = $state.raw(lease);
    this.#contract = contract;
    this.#outbox = outbox;
    this.#place = place;
    this.protocol = contract.protocol.parse(lease.protocol);
    this.units = lease.units.map((unit) => ({ ...unit, content: contract.unit.parse(unit.content) }));
    this.readings = lease.shown.flatMap(({ id, unitId, answer }) => {
      const unit = this.units.find((known) => known.id === unitId);
      return unit === undefined ? [] : [{ id, unit, answer: contract.answer.parse(answer) }];
    });
    this.#positions = positionsOf(this.readings);
    this.#show(this.#nextOpen(null));
  }

  get lease(): ValidationLease {
    return this.#lease;
  }

  get placeInWords(): string {
    return this.#lease.section.name;
  }

  get items(): ValidationLease['items'] {
    return this.#lease.items;
  }

  get current(): PutReading<Unit, Answer> | null {
    return this.#currentId === null ? null : this.#readingOf(this.#currentId);
  }

  get previous(): PutReading<Unit, Answer> | null {
    const latest = this.#entries.findLast(({ submission }) => submission.shownReadingId !== this.#currentId);
    return latest === undefined ? null : this.#readingOf(latest.submission.shownReadingId);
  }

  /** How many readings have a verdict. */
  get judged(): number {
    return this.readings.filter(({ id }) => this.#standing.has(id)).length;
  }

  verdictOn(id: ShownReadingId): OwnVerdict | null {
    return this.#standing.get(id) ?? null;
  }

  ownAnswer(unitId: UnitId): Answer | null {
    return this.#ownAnswers.findLast((given) => given.unitId === unitId)?.answer ?? null;
  }

  agree(): void {
    this.#say('agree');
  }

  disagree(instead: Answer): void {
    this.#say('disagree', instead);
  }

  cannotTell(): void {
    this.#say('unsure');
  }

  goTo(id: ShownReadingId): void {
    if (!this.#positions.has(id)) return;
    this.#show(id);
    this.#revising = this.#standing.has(id);
  }

  goOn(): void {
    this.#show(this.#nextOpen(this.#currentId));
  }

  /** Goes on where another tab or device has said something of the reading that stands here. */
  keepUp(): void {
    const settled = this.#currentId === null || this.#standing.has(this.#currentId);
    if (!settled || this.#revising) return;
    const next = this.#nextOpen(this.#currentId);
    if (next !== this.#currentId) this.#show(next);
  }

  announce(message: string): void {
    this.said = { message, count: this.said.count + 1 };
  }

  refresh(lease: ValidationLease): void {
    this.#lease = lease;
    this.keepUp();
  }

  /** The page was hidden or came back: time to answer counts only while it is seen. */
  visible(visible: boolean): void {
    this.#stopwatch.visible(visible);
  }

  #say(verdict: Verdict, instead?: Answer): void {
    const reading = this.current;
    if (reading === null) return;
    const comment = this.comment.trim();
    const supersedes = this.#standing.get(reading.id)?.submissionId;
    this.#outbox.add({
      ...this.#place,
      userId: this.#outbox.userId,
      leaseId: this.#lease.id,
      submission: {
        submissionId: this.#outbox.nextSubmissionId(),
        shownReadingId: reading.id,
        verdict,
        elapsedMs: this.#stopwatch.elapsed(),
        ...(instead === undefined ? {} : { answer: z.json().parse(instead) }),
        ...(comment === '' ? {} : { comment }),
        ...(supersedes === undefined ? {} : { supersedes }),
      },
    });
    this.#show(this.#nextOpen(reading.id));
  }

  #readingOf(id: ShownReadingId): PutReading<Unit, Answer> | null {
    return this.readings[this.#positions.get(id) ?? -1] ?? null;
  }

  #show(id: ShownReadingId | null): void {
    this.#currentId = id;
    this.#revising = false;
    this.comment = id === null ? '' : (this.#standing.get(id)?.comment ?? '');
    this.#stopwatch.restart(document.visibilityState === 'visible');
  }

  #nextOpen(after: ShownReadingId | null): ShownReadingId | null {
    return nextOpen(this.readings, after, (id) => !this.#standing.has(id));
  }
}
