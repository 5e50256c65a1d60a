import { createContext } from 'svelte';
import type { SectionWork, WorkUnit } from '../../section-work.ts';
import {
  similarityRatingContract,
  type SimilarityRatingAnswer,
  type SimilarityRatingProtocol,
  type SimilarityRatingUnit,
} from '../contract.ts';
import { reconsiderLast, toggleDoubt } from '../../web/doubt.ts';
import { nextPostponed } from '../../web/later.ts';
import { describeRating } from '../words.ts';

type Work = SectionWork<SimilarityRatingUnit, SimilarityRatingAnswer, SimilarityRatingProtocol>;

export type Mode = 'rating' | 'skipping' | 'commenting';

/** The pair in question and what can be said of it. There is no rating until one is given. */
export class Draft {
  readonly work: Work;
  mode: Mode = $state('rating');

  constructor(work: Work) {
    this.work = work;
  }

  /** The rating that this coder gave the pair in question before; null where it is asked for the first time. */
  get before(): SimilarityRatingAnswer | null {
    const { current } = this.work;
    const act = current === null ? undefined : this.work.judgementOf(current.id)?.act;
    return act?.kind === 'answer' ? act.answer : null;
  }

  /** What undo would take back: `cup – mug was 5`. */
  get undoWords(): string | null {
    const undoable = this.work.undoable;
    if (undoable === null) return null;
    const { act, confidence } = undoable.judgement;
    const said = act.kind === 'answer' ? describeRating(act.answer) : 'skipped';
    return `${inWords(undoable.unit.content)} was ${said}${confidence === 'unsure' ? ', unsure' : ''}`;
  }

  answer(answer: SimilarityRatingAnswer): void {
    const { current } = this.work;
    if (current === null) return;
    const doubt = this.work.unsure ? ', unsure' : '';
    this.work.answer(answer);
    this.#goneOn(`${inWords(current.content)}: ${describeRating(answer)}${doubt}.`);
  }

  doubt(): void {
    if (this.work.current !== null) toggleDoubt(this.work);
  }

  reconsider(): void {
    reconsiderLast(this.work, ({ content }) => inWords(content));
  }

  /** Leaves the pair open for the end; one that is rated already is simply left as it is. */
  postpone(): void {
    const { current } = this.work;
    if (current === null) return;
    if (this.work.judgementOf(current.id) !== null) {
      this.leave();
      return;
    }
    this.work.postpone();
    this.#goneOn(`${inWords(current.content)}: left for later.`);
  }

  /** Where `comeBack` leads. */
  get leftForLater(): WorkUnit<SimilarityRatingUnit> | null {
    return nextPostponed(this.work);
  }

  comeBack(): void {
    const unit = this.leftForLater;
    if (unit === null) {
      this.work.announce('No other pair is left for later.');
      return;
    }
    this.work.goTo(unit.id);
    this.#goneOn('Left for later.');
  }

  skip(reason: string): void {
    const { current } = this.work;
    if (current === null) return;
    this.work.skip(reason);
    this.#goneOn(`${inWords(current.content)}: skipped.`);
  }

  undo(): void {
    const words = this.undoWords;
    if (this.work.undo() === null) this.work.announce('There is nothing to undo.');
    else this.#goneOn(`Undone: ${words ?? ''}.`);
  }

  /** Leaves a pair that is rated already as it was. */
  leave(): void {
    const open = this.work.units.find(({ id }) => this.work.judgementOf(id) === null);
    if (open !== undefined) this.work.goTo(open.id);
    this.#goneOn('');
  }

  #goneOn(said: string): void {
    this.mode = 'rating';
    const { current } = this.work;
    const next = current === null ? 'All pairs of this block are judged.' : `${inWords(current.content)}?`;
    this.work.announce(`${said} ${next}`.trim());
  }
}

export function inWords({ word1, word2 }: SimilarityRatingUnit): string {
  return `${word1} – ${word2}`;
}

export const SKIP_REASONS = similarityRatingContract.skipReasons;

export const [useDraft, provideDraft] = createContext<Draft>();
