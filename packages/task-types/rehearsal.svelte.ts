import {
  leaseSchema,
  submissionIdSchema,
  type ItemContent,
  type Lease,
  type UnitId,
} from '@casebook/contracts';
import type { OwnJudgement, SectionWork, Takes, WorkUnit } from './section-work.ts';
import type { TaskTypeContract } from './task-type.ts';

const uuid = (kind: number, n: number): string =>
  `0190000${kind}-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;

interface Logged<Answer> {
  readonly key: string;
  readonly act: Answer | string;
  readonly comment: string;
  readonly commentKind?: string;
  readonly unsure?: true;
}

/** A section that lives in memory: for tests of editors, which need no more of the page around them. */
export class Rehearsal<Unit, Answer, Protocol> implements SectionWork<Unit, Answer, Protocol> {
  readonly lease: Lease;
  readonly protocol: Protocol;
  takes: Takes = $state('everything');
  readonly units: readonly WorkUnit<Unit>[];
  readonly earlierUnits: readonly WorkUnit<Unit>[] = [];
  comment: string = $state('');
  commentKind: string | null = $state(null);
  unsure: boolean = $state(false);
  said: readonly string[] = $state.raw([]);
  /** Everything that was done, in order, as short words. */
  log: readonly Logged<Answer>[] = $state.raw([]);
  #at: number = $state(0);
  #judged: Readonly<Record<string, OwnJudgement<Answer>>> = $state.raw({});
  #order: readonly UnitId[] = $state.raw([]);
  #postponed: readonly UnitId[] = $state.raw([]);

  constructor(
    contract: TaskTypeContract<Unit, Answer, Protocol>,
    protocol: Protocol,
    content: ItemContent,
    units: readonly { readonly key: string; readonly content: Unit }[],
  ) {
    this.protocol = protocol;
    this.lease = leaseSchema.parse({
      id: uuid(6, 1),
      taskId: uuid(5, 1),
      taskName: 'A rehearsal',
      taskType: contract.name,
      contractVersion: contract.version,
      guidelineVersion: null,
      protocol: {},
      section: { id: uuid(7, 1), position: 0, of: 1, name: 'The only one' },
      expiresAt: '2100-01-01T00:00:00Z',
      deadline: null,
      items: [{ id: uuid(9, 1), version: 1, name: 'The only one', content }],
      units: units.map(({ key }, n) => ({ id: uuid(2, n), itemId: uuid(9, 1), key, content: null })),
      judgements: [],
      earlierUnits: [],
    });
    this.units = this.lease.units.flatMap((unit, n) => {
      const given = units[n];
      return given === undefined ? [] : [{ ...unit, content: given.content }];
    });
  }

  get current(): WorkUnit<Unit> | null {
    return this.units[this.#at] ?? null;
  }

  get undoable(): { readonly unit: WorkUnit<Unit>; readonly judgement: OwnJudgement<Answer> } | null {
    const unit = this.units.find(({ id }) => id === this.#order.at(-1));
    const judgement = unit === undefined ? null : this.judgementOf(unit.id);
    return unit === undefined || judgement === null ? null : { unit, judgement };
  }

  judgementOf(unitId: UnitId): OwnJudgement<Answer> | null {
    return this.#judged[unitId] ?? null;
  }

  answer(answer: Answer): void {
    this.#judge({ kind: 'answer', answer }, answer);
  }

  skip(reason: string): void {
    this.#judge({ kind: 'skip', reason }, `skip ${reason}`);
  }

  undo(): WorkUnit<Unit> | null {
    const undoable = this.undoable;
    if (undoable === null) return null;
    const { [undoable.unit.id]: _, ...others } = this.#judged;
    this.#order = this.#order.slice(0, -1);
    this.#judged = others;
    this.#at = this.units.indexOf(undoable.unit);
    this.log = [...this.log, { key: undoable.unit.key, act: 'undo', comment: '' }];
    return undoable.unit;
  }

  reconsider(): ReturnType<SectionWork<Unit, Answer, Protocol>['reconsider']> {
    const undoable = this.undoable;
    if (undoable?.judgement.act.kind !== 'answer') return null;
    const { unit, judgement } = undoable;
    const confidence = judgement.confidence === 'unsure' ? 'sure' : 'unsure';
    this.#judged = { ...this.#judged, [unit.id]: { ...judgement, confidence } };
    this.log = [...this.log, { key: unit.key, act: confidence, comment: '' }];
    return { unit, confidence };
  }

  get postponed(): readonly WorkUnit<Unit>[] {
    return this.units.filter(({ id }) => this.#postponed.includes(id) && this.judgementOf(id) === null);
  }

  postpone(): void {
    const { current } = this;
    if (current === null || this.judgementOf(current.id) !== null) return;
    this.#postponed = [...this.#postponed, current.id];
    this.#goOn(current.id);
  }

  goTo(unitId: UnitId): void {
    this.#at = this.units.findIndex(({ id }) => id === unitId);
  }

  announce(message: string): void {
    this.said = [...this.said, message];
  }

  #judge(act: OwnJudgement<Answer>['act'], logged: Answer | string): void {
    const unit = this.current;
    if (unit === null) return;
    const { comment, commentKind, unsure } = this;
    this.log = [
      ...this.log,
      {
        key: unit.key,
        act: logged,
        comment,
        ...(commentKind === null ? {} : { commentKind }),
        ...(unsure ? { unsure } : {}),
      },
    ];
    const submissionId = submissionIdSchema.parse(uuid(1, this.log.length));
    const confidence = act.kind === 'answer' ? (unsure ? 'unsure' : 'sure') : null;
    this.#judged = {
      ...this.#judged,
      [unit.id]: { submissionId, act, confidence, comment: comment === '' ? null : comment, commentKind },
    };
    this.#order = [...this.#order.filter((id) => id !== unit.id), unit.id];
    this.#goOn(null);
  }

  #goOn(after: UnitId | null): void {
    this.comment = '';
    this.commentKind = null;
    this.unsure = false;
    const open = this.units.filter(({ id }) => this.#judged[id] === undefined);
    const position = (unit: WorkUnit<Unit>): number => this.units.indexOf(unit);
    const from = this.units.findIndex(({ id }) => id === after);
    const next =
      open.find(({ id }) => !this.#postponed.includes(id)) ??
      open.find((unit) => position(unit) > from) ??
      open[0];
    this.#at = next === undefined ? this.units.length : position(next);
  }
}
