import type { SectionWork, WorkUnit } from '../../../section-work.ts';
import type { CoreferenceProtocol, CoreferenceUnit, PhraseAnswer } from '../../contract.ts';
import { preferredOf } from '../../kinds.ts';
import type { Hearing } from './hearing.svelte.ts';

/**
 * The one question of a validator who disagrees, as the parts of the step editor take it. He has named no entities
 * of his own, so that every earlier phrase can be pointed at and none has a number.
 */
export class AnswerInstead implements SectionWork<CoreferenceUnit, PhraseAnswer, CoreferenceProtocol> {
  readonly #hearing: Hearing;
  readonly protocol: CoreferenceProtocol;
  readonly units: readonly WorkUnit<CoreferenceUnit>[];
  readonly earlierUnits: readonly WorkUnit<CoreferenceUnit>[];
  readonly takes = 'answers';
  readonly undoable = null;
  readonly postponed = [];
  readonly commentKind = null;
  readonly unsure = false;
  #over = false;

  constructor(hearing: Hearing) {
    this.#hearing = hearing;
    this.protocol = hearing.work.protocol;
    const asked = hearing.reading?.unit;
    this.units = asked === undefined ? [] : [asked];
    this.earlierUnits = hearing.work.units.filter(({ id }) => id !== asked?.id);
  }

  get lease(): Pick<Hearing['work'], 'items'> {
    return this.#hearing.work;
  }

  get current(): WorkUnit<CoreferenceUnit> | null {
    return this.#hearing.reading?.unit ?? null;
  }

  get comment(): string {
    return this.#hearing.work.comment;
  }

  set comment(comment: string) {
    this.#hearing.work.comment = comment;
  }

  judgementOf(): null {
    return null;
  }

  answer(answer: PhraseAnswer): void {
    this.#over = true;
    this.#hearing.answerInstead(preferredOf(answer));
  }

  /** What can't be answered can't be told. */
  skip(): void {
    this.#over = true;
    this.#hearing.cannotTell();
  }

  undo(): null {
    return null;
  }

  reconsider(): null {
    return null;
  }

  postpone(): void {
    // There is no later: who can’t tell says so.
  }

  goTo(): void {
    // There is one question.
  }

  /** Once it is answered, the hearing speaks. */
  announce(message: string): void {
    if (!this.#over) this.#hearing.work.announce(message);
  }
}
