import type { Training, TrainingAnswer, TrainingVerdict, UnitId } from '@casebook/contracts';
import type { TaskTypeContract } from '@casebook/task-types/contract';
import type { OwnJudgement, SectionWork, Takes, WorkUnit } from '@casebook/task-types/web';
import { z } from 'zod';
import type { Reply } from '#lib/work/api.ts';
import type { Refusal } from '#lib/work/entry.ts';
import { Stopwatch } from '#lib/work/stopwatch.ts';
import { submissionIds } from '#lib/work/submission-id.ts';

/** What stands between an answer and the next question. */
export type Step =
  | { readonly kind: 'asking' }
  /** The answer is on its way; `delay` says what holds it up. */
  | {
      readonly kind: 'sending';
      readonly answer: TrainingAnswer;
      readonly delay: 'none' | 'no-network' | 'logged-out';
    }
  | { readonly kind: 'told'; readonly verdict: TrainingVerdict }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

type Send = (answer: TrainingAnswer) => Promise<Reply<TrainingVerdict>>;

/**
 * One time through training, as an editor sees it. Each answer is sent at once and stands; nothing more is taken
 * until the coder has been told what gold says and goes on.
 */
export class TrainingWork<Unit, Answer, Protocol> implements SectionWork<Unit, Answer, Protocol> {
  readonly lease: SectionWork<Unit, Answer, Protocol>['lease'];
  readonly protocol: Protocol;
  readonly units: readonly WorkUnit<Unit>[];
  readonly earlierUnits: readonly WorkUnit<Unit>[];
  readonly comment = '';
  readonly commentKind = null;
  readonly unsure = false;
  readonly postponed: readonly WorkUnit<Unit>[] = [];
  readonly undoable = null;
  step: Step = $state.raw({ kind: 'asking' });
  said: { readonly message: string; readonly count: number } = $state.raw({ message: '', count: 0 });

  readonly #contract: TaskTypeContract<Unit, Answer, Protocol>;
  readonly #send: Send;
  readonly #nextId = submissionIds();
  readonly #stopwatch = new Stopwatch();
  #verdicts: readonly TrainingVerdict[];
  #current: WorkUnit<Unit> | null;

  /** @throws where the training does not fit the contract of its task type. */
  constructor(training: Training, contract: TaskTypeContract<Unit, Answer, Protocol>, send: Send) {
    this.#contract = contract;
    this.#send = send;
    this.lease = { items: training.items };
    this.protocol = contract.protocol.parse(training.protocol);
    const parsed = (unit: Training['units'][number]): WorkUnit<Unit> => ({
      ...unit,
      content: contract.unit.parse(unit.content),
    });
    this.units = training.units.map(parsed);
    this.earlierUnits = training.otherUnits.map(parsed);
    this.#verdicts = $state.raw(training.answered);
    this.#current = $state.raw(this.#firstOpen());
    this.#stopwatch.restart(document.visibilityState === 'visible');
  }

  get takes(): Takes {
    return this.step.kind === 'asking' ? 'answers' : 'nothing';
  }

  /** While an answer is talked over, the unit that it is about. */
  get current(): WorkUnit<Unit> | null {
    return this.#current;
  }

  /** What was said of this coder's answers, in the order given. */
  get verdicts(): readonly TrainingVerdict[] {
    return this.#verdicts;
  }

  get right(): number {
    return this.#verdicts.filter(({ right }) => right).length;
  }

  /** Whether everything is answered, the last verdict read. */
  get over(): boolean {
    return this.#current === null;
  }

  judgementOf(unitId: UnitId): OwnJudgement<Answer> | null {
    const pending =
      this.step.kind === 'sending' && this.step.answer.unitId === unitId ? this.step.answer : null;
    const given = pending ?? this.#verdicts.find((verdict) => verdict.unitId === unitId);
    const answer = this.#contract.answer.safeParse(given?.answer);
    if (given === undefined || !answer.success) return null;
    const act = { kind: 'answer', answer: answer.data } as const;
    return { submissionId: given.submissionId, act, confidence: null, comment: null, commentKind: null };
  }

  answer(answer: Answer): void {
    if (this.step.kind !== 'asking' || this.#current === null) return;
    const given = {
      submissionId: this.#nextId(),
      unitId: this.#current.id,
      answer: z.json().parse(answer),
      elapsedMs: this.#stopwatch.elapsed(),
    };
    this.step = { kind: 'sending', answer: given, delay: 'none' };
    void this.retry();
  }

  /** Sends what waits once more, under the id that it has. */
  async retry(): Promise<void> {
    if (this.step.kind !== 'sending') return;
    const { answer } = this.step;
    const reply = await this.#send(answer);
    // Another try may have been faster.
    if (!this.#waitsFor(answer)) return;
    switch (reply.kind) {
      case 'value':
        this.#verdicts = [...this.#verdicts, reply.value];
        this.step = { kind: 'told', verdict: reply.value };
        break;
      case 'refused':
        this.step = { kind: 'refused', refusal: reply.refusal };
        break;
      case 'unreachable':
        this.step = { kind: 'sending', answer, delay: 'no-network' };
        break;
      case 'log-in':
        this.step = { kind: 'sending', answer, delay: 'logged-out' };
        break;
    }
  }

  /** The verdict is read: on to the next unit. */
  next(): void {
    if (this.step.kind !== 'told') return;
    this.#current = this.#firstOpen();
    this.step = { kind: 'asking' };
    this.#stopwatch.restart(document.visibilityState === 'visible');
  }

  /** Only what is in question can be answered. */
  goTo(): void {
    // Nothing else is open to this coder.
  }

  skip(): void {
    // In training everything is answered.
  }

  postpone(): void {
    // In training units come in order.
  }

  undo(): null {
    return null;
  }

  reconsider(): null {
    return null;
  }

  /** What the editor says of the next question while an answer is talked over is left unsaid. */
  announce(message: string): void {
    if (this.step.kind === 'asking') this.say(message);
  }

  say(message: string): void {
    this.said = { message, count: this.said.count + 1 };
  }

  /** The page was hidden or came back: time to answer counts only while it is seen. */
  visible(visible: boolean): void {
    this.#stopwatch.visible(visible);
  }

  #waitsFor(answer: TrainingAnswer): boolean {
    return this.step.kind === 'sending' && this.step.answer === answer;
  }

  #firstOpen(): WorkUnit<Unit> | null {
    return this.units.find(({ id }) => !this.#verdicts.some(({ unitId }) => unitId === id)) ?? null;
  }
}
