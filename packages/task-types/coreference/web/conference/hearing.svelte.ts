import type { DocumentContent, Verdict } from '@casebook/contracts';
import { createContext } from 'svelte';
import type { ConferenceWork, PutReading } from '../../../conference-work.ts';
import { readingSentence, sentenceText, type SentencePiece } from '../../conference/reading-sentence.ts';
import type { CoreferenceAnswer, CoreferenceProtocol, CoreferenceUnit } from '../../contract.ts';
import { byKey, markablesOf, type Markable } from '../../markables.ts';
import { describeAnswer, pointedAt } from '../../words.ts';
import type { PhraseConference } from './phrase-conference.ts';

type Work = ConferenceWork<CoreferenceUnit, CoreferenceAnswer, CoreferenceProtocol> &
  Pick<PhraseConference, 'current'>;

/** What the foot of the page is for. `answering`: the validator disagrees, and says what he would answer. */
export type HearingMode = 'asking' | 'answering' | 'commenting';

const SAID: Readonly<Record<Verdict, string>> = {
  agree: 'agreed',
  disagree: 'disagreed',
  unsure: 'can’t tell',
};

/** The reading that is put to a validator, the text that it is of, and what is being said of it. */
export class Hearing {
  readonly work: Work;
  mode: HearingMode = $state('asking');
  /** The whole text is shown, though its phrases are too far apart for one screen. */
  wholeText: boolean = $state(false);

  // A value of its own, so that the document is not read anew for every reading of it.
  readonly #itemId = $derived.by(() => (this.work.current ?? this.work.readings.at(-1))?.unit.itemId);
  readonly document: DocumentContent | null = $derived.by(() => {
    const content = this.work.items.find(({ id }) => id === this.#itemId)?.content;
    return content?.kind === 'document' ? content.document : null;
  });
  readonly #markables: ReadonlyMap<string, Markable> = $derived.by(() => {
    const [document, itemId] = [this.document, this.#itemId];
    if (document === null) return byKey([]);
    return byKey(
      markablesOf(
        document,
        this.work.units.filter((unit) => unit.itemId === itemId),
      ),
    );
  });

  constructor(work: Work) {
    this.work = work;
  }

  get reading(): PutReading<CoreferenceUnit, CoreferenceAnswer> | null {
    return this.work.current;
  }

  /** The words that the phrase should be, as who is shown to have read it so has it; null where it was left. */
  get correction(): string | null {
    return this.work.current?.correction?.text ?? null;
  }

  get sentence(): readonly SentencePiece[] {
    return this.reading === null ? [] : readingSentence(this.reading.answer);
  }

  /** The phrases that the reading points at, with where they stand. */
  get pointed(): readonly Markable[] {
    const keys = this.reading === null ? [] : pointedAt(this.reading.answer);
    return keys.flatMap((key) => this.#markables.get(key) ?? []);
  }

  /** Which of the readings of its phrase this one is, from 1; every phrase has its readings together. */
  get place(): { readonly number: number; readonly of: number } {
    const { reading } = this;
    const alike = this.work.readings.filter(({ unit }) => unit.id === reading?.unit.id);
    return { number: alike.findIndex(({ id }) => id === reading?.id) + 1, of: alike.length };
  }

  /** What was said of the reading before, in words; null where it is put for the first time. */
  get before(): string | null {
    const { reading } = this;
    const own = reading === null ? null : this.work.verdictOn(reading.id);
    if (reading === null || own === null) return null;
    const instead = own.verdict === 'disagree' ? this.insteadWords : null;
    return instead === null ? SAID[own.verdict] : `${SAID[own.verdict]}; instead: ${instead}`;
  }

  /** What was answered instead of another reading of the same phrase. */
  get instead(): CoreferenceAnswer | null {
    const { reading } = this;
    const own = reading === null ? null : this.work.ownAnswer(reading.unit.id);
    return own === null || reading === null || isSame(own, reading.answer) ? null : own;
  }

  get insteadWords(): string | null {
    return this.instead === null ? null : describeAnswer(this.instead, (key) => this.textOf(key));
  }

  textOf(key: string): string {
    return this.#markables.get(key)?.text ?? key;
  }

  agree(): void {
    this.#say('Agreed.', () => {
      this.work.agree();
    });
  }

  cannotTell(): void {
    this.#say('Can’t tell.', () => {
      this.work.cannotTell();
    });
  }

  /** False where the answer is the very reading that it is to stand instead of. */
  answerInstead(answer: CoreferenceAnswer): boolean {
    const { reading } = this;
    if (reading === null) return false;
    if (isSame(answer, reading.answer)) {
      this.mode = 'asking';
      this.work.announce('That is the reading itself: agree with it, or answer something else.');
      return false;
    }
    this.#say(`Disagreed; instead: ${describeAnswer(answer, (key) => this.textOf(key))}.`, () => {
      this.work.disagree(answer);
    });
    return true;
  }

  disagreeing(): void {
    if (this.reading === null) return;
    this.mode = 'answering';
    this.work.announce(`What would you answer? Who or what is “${this.reading.unit.content.text}”?`);
  }

  commenting(): void {
    if (this.reading !== null) this.mode = 'commenting';
  }

  ask(): void {
    this.mode = 'asking';
  }

  /** Back to what was said last, to say something else. */
  back(): void {
    const { previous } = this.work;
    if (previous === null) {
      this.work.announce('There is nothing to go back to.');
      return;
    }
    this.#say('Back.', () => {
      this.work.goTo(previous.id);
    });
  }

  /** Leaves a reading that has a verdict as it was. */
  leave(): void {
    this.#say('', () => {
      this.work.goOn();
    });
  }

  #say(said: string, act: () => void): void {
    const { reading } = this;
    if (reading === null && said !== 'Back.') return;
    act();
    this.mode = 'asking';
    this.wholeText = false;
    const next = this.reading;
    const words =
      next === null
        ? 'Every reading has your verdict.'
        : sentenceText(readingSentence(next.answer), next.unit.content.text, (key) => this.textOf(key));
    this.work.announce(`${said} ${words}`.trim());
  }
}

function isSame(one: CoreferenceAnswer, other: CoreferenceAnswer): boolean {
  const [first, second] = [pointedAt(one), pointedAt(other)].map((keys) => [...keys].sort());
  return one.kind === other.kind && JSON.stringify(first) === JSON.stringify(second);
}

export const [useHearing, provideHearing] = createContext<Hearing>();
