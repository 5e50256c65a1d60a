import type { ShownReadingId, UnitId } from '@casebook/contracts';
import type { ConferenceWork, OwnVerdict, PutReading } from '../../../conference-work.ts';
import type { WorkUnit } from '../../../section-work.ts';
import type {
  CoreferenceAnswer,
  CoreferenceProtocol,
  CoreferenceUnit,
  EitherAnswer,
  EitherUnit,
} from '../../contract.ts';
import type { CorrectedSpan } from '../../corrected-span/contract.ts';
import { isDocumentUnit } from '../../document-unit.ts';
import { correctionOf, phraseAnswer, preferredOf } from '../../kinds.ts';

type Either = ConferenceWork<EitherUnit, EitherAnswer, CoreferenceProtocol>;
/** A reading of a phrase. It is put by one answer, and that may have given the phrase other borders. */
interface PhraseReading extends PutReading<CoreferenceUnit, CoreferenceAnswer> {
  readonly correction: CorrectedSpan | null;
}

/**
 * A section whose units are phrases, seen as that; passes over whole documents are not validated. Of several readings
 * that one coder gave, the one that he prefers is put.
 */
export class PhraseConference implements ConferenceWork<
  CoreferenceUnit,
  CoreferenceAnswer,
  CoreferenceProtocol
> {
  readonly #work: Either;
  readonly protocol: CoreferenceProtocol;
  readonly units: readonly WorkUnit<CoreferenceUnit>[];
  readonly readings: readonly PhraseReading[];
  readonly #known: ReadonlyMap<ShownReadingId, PhraseReading>;

  constructor(work: Either) {
    this.#work = work;
    this.protocol = work.protocol;
    this.units = work.units.flatMap((unit) => {
      const { content } = unit;
      return isDocumentUnit(content) ? [] : [{ ...unit, content }];
    });
    this.readings = work.readings.flatMap(({ id, unit, answer }) => {
      const { content } = unit;
      const ofPhrase = phraseAnswer(answer);
      return isDocumentUnit(content) || ofPhrase === null
        ? []
        : [
            {
              id,
              unit: { ...unit, content },
              answer: preferredOf(ofPhrase),
              correction: correctionOf(answer),
            },
          ];
    });
    this.#known = new Map(this.readings.map((reading) => [reading.id, reading]));
  }

  get items(): Either['items'] {
    return this.#work.items;
  }

  get current(): PhraseReading | null {
    return this.#phraseOf(this.#work.current);
  }

  get previous(): PhraseReading | null {
    return this.#phraseOf(this.#work.previous);
  }

  get comment(): string {
    return this.#work.comment;
  }

  set comment(comment: string) {
    this.#work.comment = comment;
  }

  verdictOn(id: ShownReadingId): OwnVerdict | null {
    return this.#work.verdictOn(id);
  }

  ownAnswer(unitId: UnitId): CoreferenceAnswer | null {
    const answer = this.#work.ownAnswer(unitId);
    const ofPhrase = answer === null ? null : phraseAnswer(answer);
    return ofPhrase === null ? null : preferredOf(ofPhrase);
  }

  agree(): void {
    this.#work.agree();
  }

  disagree(instead: CoreferenceAnswer): void {
    this.#work.disagree(instead);
  }

  cannotTell(): void {
    this.#work.cannotTell();
  }

  goTo(id: ShownReadingId): void {
    this.#work.goTo(id);
  }

  goOn(): void {
    this.#work.goOn();
  }

  announce(message: string): void {
    this.#work.announce(message);
  }

  #phraseOf(reading: Either['current']): PhraseReading | null {
    return reading === null ? null : (this.#known.get(reading.id) ?? null);
  }
}
