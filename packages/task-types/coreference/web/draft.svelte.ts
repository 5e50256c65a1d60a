import type { DocumentContent, UnitId } from '@casebook/contracts';
import { createContext } from 'svelte';
import type { OwnJudgement, SectionWork, WorkUnit } from '../../section-work.ts';
import {
  coreferenceContract,
  type CoreferenceAnswer,
  type CoreferenceProtocol,
  type CoreferenceUnit,
  type PhraseAnswer,
  MOST_READINGS,
} from '../contract.ts';
import { displayParagraphs } from '../display-paragraphs.ts';
import { Finder, meaningOfDigits, type Candidate } from '../find.ts';
import { preferredOf } from '../kinds.ts';
import { byKey, markablesOf, type Markable } from '../markables.ts';
import { SpanCorrection } from './span-correction.svelte.ts';
import { saysTheSame } from '../same-answer.ts';
import { readUntil, standingAt, type Standing } from '../question.ts';
import { reconsiderLast, toggleDoubt } from '../../web/doubt.ts';
import { nextPostponed } from '../../web/later.ts';
import { describeAnswer } from '../words.ts';

type Work = SectionWork<CoreferenceUnit, PhraseAnswer, CoreferenceProtocol>;

/**
 * What the foot of the page is for. `picking` puts an answer together that points at earlier phrases: what the
 * phrase is (`old`), or what it describes (`property`).
 */
export type Mode =
  | { readonly kind: 'asking' }
  | { readonly kind: 'picking'; readonly purpose: 'old' | 'property' }
  | { readonly kind: 'skipping' }
  /** The phrase's own borders are put right. */
  | { readonly kind: 'borders' }
  | { readonly kind: 'commenting' };

/** As many candidates as are listed at once; typing finds the others. */
const LISTED = 60;
const MOST_ANTECEDENTS = 20;

/** An answer being put together, and the text that it is about, for the parts of the page. */
export class Draft {
  readonly work: Work;
  /** Where the phrase begins and ends. */
  readonly borders: SpanCorrection;
  mode: Mode = $state.raw({ kind: 'asking' });
  query: string = $state('');
  /** Keys of the phrases picked so far, for an answer that points at several. */
  chosen: readonly string[] = $state.raw([]);
  /** The readings given so far of a phrase that is ambiguous, the preferred one first; null where it is not. */
  readings: readonly CoreferenceAnswer[] | null = $state.raw(null);
  /** Each pick is added, until the answer is confirmed. */
  several: boolean = $state(false);
  /** Which of the listed candidates is marked. */
  active: number = $state(0);
  /** The earlier phrase where the keyboard's pointer stands. */
  pointed: string | null = $state(null);

  // A value of its own, so that the document is not read anew at every question of it.
  readonly #itemId = $derived.by(() => (this.work.current ?? this.work.units.at(-1))?.itemId);
  readonly #document: DocumentContent | null = $derived.by(() => {
    const content = this.work.lease.items.find(({ id }) => id === this.#itemId)?.content;
    return content?.kind === 'document' ? content.document : null;
  });
  readonly #markables: readonly Markable[] = $derived.by(() => {
    const [document, itemId] = [this.#document, this.#itemId];
    if (document === null) return [];
    const units = [...this.work.earlierUnits, ...this.work.units].filter((unit) => unit.itemId === itemId);
    return markablesOf(document, units);
  });
  readonly paragraphs = $derived.by(() => (this.#document === null ? [] : displayParagraphs(this.#document)));
  readonly standing: Standing = $derived.by(() =>
    standingAt(
      this.#markables,
      ({ unitId }) => this.answerOf(unitId),
      this.work.current === null ? null : this.work.current.key,
    ),
  );
  readonly readUntil: number = $derived.by(() =>
    Math.max(readUntil(this.standing.question), this.borders.tokens?.at(-1)?.[1] ?? 0),
  );
  readonly #byKey = $derived.by(() => byKey(this.#markables));
  readonly finder: Finder = $derived.by(
    () => new Finder(this.standing.earlier, this.standing.so, this.standing.question?.ranges ?? []),
  );
  readonly found: readonly Candidate[] = $derived.by(() => this.finder.find(this.query, LISTED));

  constructor(work: Work) {
    this.work = work;
    this.borders = new SpanCorrection(work, () => this.#document);
  }

  get document(): DocumentContent | null {
    return this.#document;
  }

  get question(): WorkUnit<CoreferenceUnit> | null {
    return this.work.current;
  }

  /** What this coder said of the phrase in question before, in words; null where it is asked for the first time. */
  get before(): string | null {
    const { current } = this.work;
    const judgement = current === null ? null : this.work.judgementOf(current.id);
    if (judgement === null) return null;
    if (judgement.act.kind === 'answer') return inWords(judgement, (key) => this.textOf(key));
    return judgement.act.kind === 'skip' ? `skipped: ${labelOfSkip(judgement.act.reason)}` : null;
  }

  get undoWords(): string | null {
    const reading = this.readings?.at(-1);
    if (reading !== undefined) return this.inSoManyWords(reading);
    const undoable = this.work.undoable;
    if (undoable === null) return null;
    const said = inWords(undoable.judgement, (key) => this.textOf(key));
    return `“${undoable.unit.content.text}” – ${said}`;
  }

  textOf(key: string): string {
    return this.#byKey.get(key)?.text ?? key;
  }

  answerOf(unitId: UnitId | null): CoreferenceAnswer | null {
    const act = unitId === null ? undefined : this.work.judgementOf(unitId)?.act;
    return act?.kind === 'answer' ? preferredOf(act.answer) : null;
  }

  inSoManyWords(answer: CoreferenceAnswer): string {
    return describeAnswer(answer, (key) => this.textOf(key));
  }

  /** An earlier phrase with the entities it names, as it is announced. */
  inWords(key: string): string {
    const numbers = this.standing.so.named(key).map(({ number }) => number);
    if (numbers.length === 0) return this.textOf(key);
    return `${this.textOf(key)}, ${numbers.length === 1 ? 'entity' : 'entities'} ${numbers.join(' and ')}`;
  }

  ask(): void {
    this.borders.leave();
    this.mode = { kind: 'asking' };
    this.#clear();
  }

  skipping(): void {
    if (this.question !== null) this.mode = { kind: 'skipping' };
  }

  commenting(): void {
    if (this.question !== null) this.mode = { kind: 'commenting' };
  }

  /** Puts the borders of the phrase right, before it is answered. */
  correctBorders(): void {
    if (this.borders.begin()) this.mode = { kind: 'borders' };
  }

  takeBorders(): void {
    this.borders.take();
    this.ask();
  }

  /** The phrase in question, with the borders that it has by now. */
  get phrase(): string {
    return this.borders.inHand?.text ?? this.question?.content.text ?? '';
  }

  /** Begins an answer that points at something; says so where there is nothing to point at. */
  pick(purpose: 'old' | 'property', query = ''): void {
    if (this.question === null) return;
    if (this.standing.earlier.length === 0) {
      this.work.announce('Nothing stands before this phrase.');
      return;
    }
    this.#clear();
    this.query = query;
    this.mode = { kind: 'picking', purpose };
  }

  /** A digit while the question is asked: answers at once where it can only mean one entity. */
  digit(digit: string): void {
    const meaning = meaningOfDigits(digit, this.standing.so.entities.length);
    const candidate = meaning.kind === 'none' ? null : this.finder.numbered(meaning.number);
    if (candidate === null) {
      this.work.announce(`There is no entity ${digit} before this phrase.`);
    } else if (meaning.kind === 'pick') {
      this.mode = { kind: 'picking', purpose: 'old' };
      this.take(candidate.antecedent);
    } else this.pick('old', digit);
  }

  /** What was typed changed: the best candidate is marked, and a number that can only mean one entity is taken. */
  typed(query: string): void {
    this.query = query;
    this.active = 0;
    const digits = query.trim();
    const meaning = meaningOfDigits(digits, this.standing.so.entities.length);
    if (meaning.kind !== 'pick') return;
    const candidate = this.finder.numbered(meaning.number);
    if (candidate !== null) this.take(candidate.antecedent);
  }

  move(by: number): void {
    const last = this.found.length - 1;
    this.active = Math.max(0, Math.min(last, this.active + by));
  }

  /** An earlier phrase was clicked. Out of the blue that is a proposal, to be confirmed; else it is a pick. */
  click(key: string): void {
    if (!this.standing.earlierKeys.has(key)) return;
    if (this.mode.kind === 'picking' && (this.several || this.chosen.length === 0)) {
      this.take(key);
      return;
    }
    if (this.mode.kind !== 'picking') this.mode = { kind: 'picking', purpose: 'old' };
    this.chosen = [key];
    this.work.announce(`${this.inWords(key)}. Enter to confirm.`);
  }

  /** Takes a phrase: adds it where several are wanted, else answers with it. */
  take(key: string): void {
    if (this.several) this.add(key);
    else this.#answerWith([...this.chosen.filter((other) => other !== key), key]);
  }

  /** Adds a phrase to those pointed at, or removes it again; the answer waits to be confirmed. */
  add(key: string): void {
    const numbers = (of: string): string =>
      this.standing.so
        .named(of)
        .map(({ root }) => root)
        .join(' ');
    const same = (other: string): boolean =>
      other === key || (numbers(key) !== '' && numbers(other) === numbers(key));
    const without = this.chosen.filter((other) => !same(other));
    const removed = without.length < this.chosen.length;
    this.several = true;
    this.query = '';
    this.active = 0;
    if (!removed && without.length >= MOST_ANTECEDENTS) {
      this.work.announce(`At most ${MOST_ANTECEDENTS} phrases.`);
      return;
    }
    this.chosen = removed ? without : [...without, key];
    this.work.announce(`${this.inWords(key)} ${removed ? 'removed' : 'added'}. Enter to confirm.`);
  }

  /** Answers with what was picked, else with the candidate that is marked. */
  confirm(): void {
    if (this.pointed !== null && this.chosen.length === 0) {
      this.#answerWith([this.pointed]);
      return;
    }
    if (this.chosen.length > 0 && this.query === '') {
      this.#answerWith(this.chosen);
      return;
    }
    const candidate = this.found[this.active];
    if (candidate !== undefined) this.take(candidate.antecedent);
  }

  /** Moves the keyboard's pointer over the earlier phrases; from the question on backwards. */
  point(by: number): void {
    const { earlier } = this.standing;
    if (earlier.length === 0) return;
    const at = this.pointed === null ? earlier.length : earlier.findIndex(({ key }) => key === this.pointed);
    const to = Math.max(0, Math.min(earlier.length - 1, at + by));
    this.pointed = earlier[to]?.key ?? null;
  }

  get pointedAt(): number {
    return this.standing.earlier.findIndex(({ key }) => key === this.pointed);
  }

  answer(answer: CoreferenceAnswer): void {
    if (this.readings === null) this.#give(answer);
    else this.#addReading(answer, this.readings);
  }

  /** From now on answers are readings of the phrase, until they are given together. */
  severalReadings(): void {
    if (this.question === null || this.readings !== null) return;
    this.readings = [];
    this.work.announce('Several readings. Give the one that you prefer first; Escape for one only.');
  }

  oneReading(): void {
    this.readings = null;
    this.work.announce('One reading only.');
  }

  get isReadingsReady(): boolean {
    return this.readings !== null && this.readings.length >= 2;
  }

  giveReadings(): void {
    const [first, second, ...further] = this.readings ?? [];
    if (first === undefined || second === undefined) return;
    this.#give({ kind: 'ambiguous', readings: [first, second, ...further] });
  }

  #addReading(answer: CoreferenceAnswer, readings: readonly CoreferenceAnswer[]): void {
    this.ask();
    if (readings.some((reading) => saysTheSame(reading, answer))) {
      this.work.announce('This reading is given already.');
      return;
    }
    this.readings = [...readings, answer];
    if (this.readings.length === MOST_READINGS) {
      this.giveReadings();
      return;
    }
    const words = describeAnswer(answer, (key) => this.textOf(key));
    const next = this.isReadingsReady ? 'Another one, or Enter to give these.' : 'And which other?';
    this.work.announce(`Reading ${this.readings.length}: ${words}. ${next}`);
  }

  #give(decision: PhraseAnswer): void {
    const { question } = this;
    if (question === null) return;
    const { span } = this.borders;
    const answer = span === null || !this.borders.isAllowed ? decision : { ...decision, span };
    const words = describeAnswer(answer, (key) => this.textOf(key));
    const said = `${question.content.text}: ${words}${this.work.unsure ? ', unsure' : ''}.`;
    this.work.answer(answer);
    this.#goneOn(said);
  }

  doubt(): void {
    if (this.question !== null) toggleDoubt(this.work);
  }

  reconsider(): void {
    reconsiderLast(this.work, ({ content }) => content.text);
  }

  /** Leaves the phrase open for the end; one that is judged already is simply left as it is. */
  postpone(): void {
    const { question } = this;
    if (question === null) return;
    if (this.before !== null) {
      this.leave();
      return;
    }
    this.work.postpone();
    this.#goneOn(`${question.content.text}: left for later.`);
  }

  /** Where `comeBack` leads. */
  get leftForLater(): WorkUnit<CoreferenceUnit> | null {
    return nextPostponed(this.work);
  }

  comeBack(): void {
    const unit = this.leftForLater;
    if (unit === null) {
      this.work.announce('No other phrase is left for later.');
      return;
    }
    this.work.goTo(unit.id);
    this.#goneOn('Left for later.');
  }

  skip(reason: string): void {
    const { question } = this;
    if (question === null) return;
    this.work.skip(reason);
    this.#goneOn(`${question.content.text}: skipped.`);
  }

  undo(): void {
    if (this.readings !== null) {
      const removed = this.readings.length > 0;
      this.readings = removed ? this.readings.slice(0, -1) : null;
      this.work.announce(removed ? 'The last reading is taken away.' : 'One reading only.');
      return;
    }
    const words = this.undoWords;
    if (this.work.undo() === null) this.work.announce('There is nothing to undo.');
    else this.#goneOn(`Undone: ${words ?? ''}.`);
  }

  /** The phrase that could be judged again: the one picked or pointed at, where it is of this section. */
  get revisable(): Markable | null {
    if (this.work.takes !== 'everything') return null;
    const key = this.chosen.length === 1 ? this.chosen[0] : (this.pointed ?? undefined);
    const markable = key === undefined ? undefined : this.#byKey.get(key);
    const here = this.work.units.some(({ id }) => id === markable?.unitId);
    return markable !== undefined && here ? markable : null;
  }

  revise(): void {
    const unitId = this.revisable?.unitId;
    if (unitId === null || unitId === undefined) return;
    this.work.goTo(unitId);
    this.#goneOn('');
  }

  /** Leaves a phrase that is judged already as it was, and goes on to one that is not. */
  leave(): void {
    const open = this.work.units.find(({ id }) => this.work.judgementOf(id) === null);
    if (open !== undefined) this.work.goTo(open.id);
    this.#goneOn('');
  }

  #answerWith(keys: readonly string[]): void {
    if (this.mode.kind !== 'picking' || keys.length === 0) return;
    this.answer(
      this.mode.purpose === 'old'
        ? { kind: 'old', antecedents: [...keys] }
        : { kind: 'property', of: [...keys] },
    );
  }

  #goneOn(said: string): void {
    this.readings = null;
    this.ask();
    const { question } = this;
    const next =
      question === null
        ? 'All phrases of this section are judged.'
        : `Who or what is “${question.content.text}”?`;
    this.work.announce(`${said} ${next}`.trim());
  }

  #clear(): void {
    this.query = '';
    this.chosen = [];
    this.several = false;
    this.active = 0;
    this.pointed = null;
  }
}

function inWords({ act, confidence }: OwnJudgement<PhraseAnswer>, nameOf: (key: string) => string): string {
  if (act.kind !== 'answer') return 'skipped';
  return `${describeAnswer(act.answer, nameOf)}${confidence === 'unsure' ? ', unsure' : ''}`;
}

function labelOfSkip(code: string): string {
  return coreferenceContract.skipReasons.find((reason) => reason.code === code)?.label ?? code;
}

export const [useDraft, provideDraft] = createContext<Draft>();
