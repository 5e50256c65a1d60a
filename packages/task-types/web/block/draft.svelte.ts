import type { SectionWork, WorkUnit } from '../../section-work.ts';
import type { TaskTypeContract } from '../../task-type.ts';
import { reconsiderLast, toggleDoubt } from '../doubt.ts';
import { nextPostponed } from '../later.ts';
import type { BlockCommand, BlockWords } from './keys.ts';

/** How a task type speaks of its units and answers. */
export interface Speech<Unit, Answer> extends BlockWords {
  /** More than one unit: `pairs`. */
  readonly units: string;
  readonly inWords: (unit: Unit) => string;
  readonly describe: (answer: Answer, unit: Unit) => string;
  /** On the key where a word is not known: long, and for a phone. */
  readonly unknownLabels: readonly [string, string];
}

export type Mode = 'answering' | 'skipping' | 'commenting';

/** The unit in question and what can be said of it. There is no answer until one is given. */
export class BlockDraft<Unit, Answer, Protocol> {
  readonly work: SectionWork<Unit, Answer, Protocol>;
  readonly contract: TaskTypeContract<Unit, Answer, Protocol>;
  readonly speech: Speech<Unit, Answer>;
  /** What is said where a word is not known; null where the protocol does not let one say so. */
  readonly unknownWord: Answer | null;
  mode: Mode = $state('answering');

  constructor(
    work: SectionWork<Unit, Answer, Protocol>,
    contract: TaskTypeContract<Unit, Answer, Protocol>,
    speech: Speech<Unit, Answer>,
    unknownWord: Answer | null,
  ) {
    this.work = work;
    this.contract = contract;
    this.speech = speech;
    this.unknownWord = unknownWord;
  }

  /** The answer that this coder gave to the unit in question before; null where it is asked for the first time. */
  get before(): Answer | null {
    const { current } = this.work;
    const act = current === null ? undefined : this.work.judgementOf(current.id)?.act;
    return act?.kind === 'answer' ? act.answer : null;
  }

  /** What undo would take back: `cup – mug was 5`. */
  get undoWords(): string | null {
    const undoable = this.work.undoable;
    if (undoable === null) return null;
    const { unit } = undoable;
    const { act, confidence } = undoable.judgement;
    const said = act.kind === 'answer' ? this.speech.describe(act.answer, unit.content) : 'skipped';
    return `${this.speech.inWords(unit.content)} was ${said}${confidence === 'unsure' ? ', unsure' : ''}`;
  }

  answer(answer: Answer): void {
    const { current } = this.work;
    if (current === null) return;
    const doubt = this.work.unsure ? ', unsure' : '';
    const said = this.speech.describe(answer, current.content);
    this.work.answer(answer);
    this.#goneOn(`${this.speech.inWords(current.content)}: ${said}${doubt}.`);
  }

  doubt(): void {
    if (this.work.current !== null) toggleDoubt(this.work);
  }

  reconsider(): void {
    reconsiderLast(this.work, ({ content }) => this.speech.inWords(content));
  }

  /** Leaves the unit open for the end; one that is answered already is simply left as it is. */
  postpone(): void {
    const { current } = this.work;
    if (current === null) return;
    if (this.work.judgementOf(current.id) !== null) {
      this.leave();
      return;
    }
    this.work.postpone();
    this.#goneOn(`${this.speech.inWords(current.content)}: left for later.`);
  }

  /** Where `comeBack` leads. */
  get leftForLater(): WorkUnit<Unit> | null {
    return nextPostponed(this.work);
  }

  comeBack(): void {
    const unit = this.leftForLater;
    if (unit === null) {
      this.work.announce(`No other ${this.speech.unit} is left for later.`);
      return;
    }
    this.work.goTo(unit.id);
    this.#goneOn('Left for later.');
  }

  skip(reason: string): void {
    const { current } = this.work;
    if (current === null) return;
    this.work.skip(reason);
    this.#goneOn(`${this.speech.inWords(current.content)}: skipped.`);
  }

  undo(): void {
    const words = this.undoWords;
    if (this.work.undo() === null) this.work.announce('There is nothing to undo.');
    else this.#goneOn(`Undone: ${words ?? ''}.`);
  }

  /** Leaves a unit that is answered already as it was. */
  leave(): void {
    const open = this.work.units.find(({ id }) => this.work.judgementOf(id) === null);
    if (open !== undefined) this.work.goTo(open.id);
    this.#goneOn('');
  }

  obey(command: BlockCommand): void {
    switch (command) {
      case 'unknown-word':
        if (this.unknownWord !== null) this.answer(this.unknownWord);
        break;
      case 'undo':
        this.undo();
        break;
      case 'skip':
        this.mode = 'skipping';
        break;
      case 'comment':
        this.mode = 'commenting';
        break;
      case 'doubt':
        this.doubt();
        break;
      case 'reconsider':
        this.reconsider();
        break;
      case 'later':
        this.postpone();
        break;
      case 'come-back':
        this.comeBack();
        break;
    }
  }

  #goneOn(said: string): void {
    this.mode = 'answering';
    const { current } = this.work;
    const next =
      current === null
        ? `All ${this.speech.units} of this block are judged.`
        : `${this.speech.inWords(current.content)}?`;
    this.work.announce(`${said} ${next}`.trim());
  }
}
