import type { Confidence, Lease, UnitId } from '@casebook/contracts';
import type { OwnJudgement, SectionWork, WorkUnit } from '../../section-work.ts';
import type {
  CoreferenceProtocol,
  CoreferenceUnit,
  EitherAnswer,
  EitherUnit,
  PhraseAnswer,
} from '../contract.ts';
import { isDocumentUnit } from '../document-unit.ts';
import { phraseAnswer } from '../kinds.ts';

/** A section whose units are phrases, seen as that. */
export class PhraseWork implements SectionWork<CoreferenceUnit, PhraseAnswer, CoreferenceProtocol> {
  readonly #work: SectionWork<EitherUnit, EitherAnswer, CoreferenceProtocol>;
  readonly protocol: CoreferenceProtocol;
  readonly units: readonly WorkUnit<CoreferenceUnit>[];
  readonly earlierUnits: readonly WorkUnit<CoreferenceUnit>[];
  readonly #known: ReadonlyMap<UnitId, WorkUnit<CoreferenceUnit>>;

  constructor(work: SectionWork<EitherUnit, EitherAnswer, CoreferenceProtocol>) {
    this.#work = work;
    this.protocol = work.protocol;
    this.units = phrasesOf(work.units);
    this.earlierUnits = phrasesOf(work.earlierUnits);
    this.#known = new Map([...this.units, ...this.earlierUnits].map((unit) => [unit.id, unit]));
  }

  get lease(): Pick<Lease, 'items'> {
    return this.#work.lease;
  }

  get current(): WorkUnit<CoreferenceUnit> | null {
    const { current } = this.#work;
    return current === null ? null : (this.#known.get(current.id) ?? null);
  }

  get comment(): string {
    return this.#work.comment;
  }

  set comment(comment: string) {
    this.#work.comment = comment;
  }

  get commentKind(): string | null {
    return this.#work.commentKind;
  }

  set commentKind(kind: string | null) {
    this.#work.commentKind = kind;
  }

  get unsure(): boolean {
    return this.#work.unsure;
  }

  set unsure(unsure: boolean) {
    this.#work.unsure = unsure;
  }

  get postponed(): readonly WorkUnit<CoreferenceUnit>[] {
    return phrasesOf(this.#work.postponed);
  }

  postpone(): void {
    this.#work.postpone();
  }

  reconsider(): { readonly unit: WorkUnit<CoreferenceUnit>; readonly confidence: Confidence } | null {
    const reconsidered = this.#work.reconsider();
    const unit = reconsidered === null ? undefined : this.#known.get(reconsidered.unit.id);
    return reconsidered === null || unit === undefined ? null : { ...reconsidered, unit };
  }

  get undoable(): {
    readonly unit: WorkUnit<CoreferenceUnit>;
    readonly judgement: OwnJudgement<PhraseAnswer>;
  } | null {
    const { undoable } = this.#work;
    const unit = undoable === null ? undefined : this.#known.get(undoable.unit.id);
    const judgement = undoable === null ? null : ofPhrase(undoable.judgement);
    return unit === undefined || judgement === null ? null : { unit, judgement };
  }

  judgementOf(unitId: UnitId): OwnJudgement<PhraseAnswer> | null {
    const judgement = this.#work.judgementOf(unitId);
    return judgement === null ? null : ofPhrase(judgement);
  }

  answer(answer: PhraseAnswer): void {
    this.#work.answer(answer);
  }

  skip(reason: string): void {
    this.#work.skip(reason);
  }

  undo(): WorkUnit<CoreferenceUnit> | null {
    const unit = this.#work.undo();
    return unit === null ? null : (this.#known.get(unit.id) ?? null);
  }

  goTo(unitId: UnitId): void {
    this.#work.goTo(unitId);
  }

  announce(message: string): void {
    this.#work.announce(message);
  }
}

function phrasesOf(units: readonly WorkUnit<EitherUnit>[]): WorkUnit<CoreferenceUnit>[] {
  return units.flatMap((unit) => {
    const { content } = unit;
    return isDocumentUnit(content) ? [] : [{ ...unit, content }];
  });
}

function ofPhrase({ act, ...rest }: OwnJudgement<EitherAnswer>): OwnJudgement<PhraseAnswer> | null {
  if (act.kind !== 'answer') return { ...rest, act };
  const answer = phraseAnswer(act.answer);
  return answer === null ? null : { ...rest, act: { kind: 'answer', answer } };
}
