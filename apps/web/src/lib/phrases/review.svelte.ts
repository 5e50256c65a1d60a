import { inReadingOrder, textOfMention } from '@casebook/contracts';
import type { ChangePhrases, DocumentContent, PhraseReview, ReviewedPhrase } from '@casebook/contracts';
import { sameRanges, shifted, withEndMoved } from './mend.ts';

type Change = ChangePhrases['changes'][number];

/** Where a review is kept. */
export interface ReviewKeeper {
  /** Stores changes made on a revision; the new one. */
  change(revision: number, changes: readonly Change[]): Promise<{ revision: number }>;
  confirm(revision: number, unreviewed: 'refuse' | 'take'): Promise<void>;
}

/** One step back: phrases as they were before it, and where the reviewer stood. */
interface Step {
  readonly before: readonly ReviewedPhrase[];
  readonly at: string | null;
}

const WAIT_MS = 250;

/** A review in the hands of a person: what stands, where they are, what is not stored yet. */
export class Review {
  readonly document: DocumentContent;
  /** In reading order. */
  phrases: readonly ReviewedPhrase[] = $state.raw([]);
  /** The id of the phrase in question; null where there is none. */
  at: string | null = $state(null);
  /** What was just done, for voices. */
  announced: string = $state('');
  /** Why the latest changes could not be stored; null where they were, or will be. */
  failure: string | null = $state(null);
  #unsaved = $state(0);
  readonly current = $derived.by(() => this.phrases.find(({ id }) => id === this.at) ?? null);
  readonly open = $derived(this.phrases.filter(({ verdict }) => verdict === 'open').length);
  readonly accepted = $derived(this.phrases.filter(({ verdict }) => verdict === 'accepted').length);
  readonly rejected = $derived(this.phrases.length - this.open - this.accepted);
  #steps: readonly Step[] = $state.raw([]);
  readonly #keeper: ReviewKeeper;
  #revision: number;
  #pending: readonly Change[] = [];
  #sending: Promise<void> = Promise.resolve();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #made = 0;

  constructor(review: PhraseReview, keeper: ReviewKeeper) {
    this.document = review.document;
    this.phrases = [...review.phrases].sort(inReadingOrder);
    this.#revision = review.revision;
    this.#keeper = keeper;
    this.at = this.#nextOpen(null);
  }

  get isSaved(): boolean {
    return this.#unsaved === 0;
  }

  get canUndo(): boolean {
    return this.#steps.length > 0;
  }

  textOf(phrase: ReviewedPhrase): string {
    return textOfMention(this.document.tokens, phrase);
  }

  go(id: string): void {
    this.at = id;
    this.#say('');
  }

  step(by: 1 | -1): void {
    const place = this.phrases.findIndex(({ id }) => id === this.at);
    const next = this.phrases[place === -1 ? (by === 1 ? 0 : this.phrases.length - 1) : place + by];
    if (next !== undefined) this.go(next.id);
  }

  /** Accepts or rejects the phrase in question and goes to the next that is open. */
  decide(verdict: 'accepted' | 'rejected'): void {
    const { current } = this;
    if (current === null) return;
    if (verdict === 'accepted' && this.#taken(current.ranges, current.id)) {
      this.announced = 'These words are a phrase already.';
      return;
    }
    this.#put([{ ...current, verdict }]);
    this.at = this.#nextOpen(current.id);
    this.#say(`${verdict === 'accepted' ? 'Accepted' : 'Rejected'}: “${this.textOf(current)}”. `);
  }

  acceptRest(): void {
    const rest = this.phrases.filter(({ verdict }) => verdict === 'open');
    if (rest.length === 0) return;
    this.#put(rest.map((phrase) => ({ ...phrase, verdict: 'accepted' as const })));
    this.at = null;
    this.#say(`Accepted the remaining ${String(rest.length)}. `);
  }

  /** Moves one end of the phrase in question; it counts as accepted then. */
  moveEnd(end: 'start' | 'end', by: 1 | -1): void {
    this.#mend((ranges) => withEndMoved(ranges, end, by, this.document.tokens.length));
  }

  /** Moves a phrase of the reviewer's own as a whole. */
  shift(by: 1 | -1): void {
    if (this.current?.proposed === null)
      this.#mend((ranges) => shifted(ranges, by, this.document.tokens.length));
  }

  /** Makes a phrase of one word: the first after the beginning of the one in question that is none yet. */
  make(): void {
    const { length } = this.document.tokens;
    const from = this.current?.ranges[0]?.[0] ?? 0;
    for (let offset = 0; offset < length; offset += 1) {
      const token = (from + offset) % length;
      const ranges: ReviewedPhrase['ranges'] = [[token, token + 1]];
      if (this.document.tokens[token]?.empty === true || this.#taken(ranges)) continue;
      this.#made += 1;
      const id = `own-${String(this.#revision)}-${String(this.#made)}`;
      this.#put([{ id, proposed: null, ranges, verdict: 'accepted' }]);
      this.at = id;
      this.#say('A phrase of your own. ');
      return;
    }
  }

  undo(): void {
    const step = this.#steps.at(-1);
    if (step === undefined) return;
    this.#steps = this.#steps.slice(0, -1);
    this.#store(step.before);
    this.at = step.at;
    this.#say('Undone. ');
  }

  /** Stores what is not stored yet; throws what the keeper throws. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#sending = this.#sending.catch(() => undefined).then(() => this.#send());
    await this.#sending;
  }

  /** Makes markables of what stands. */
  async confirm(unreviewed: 'refuse' | 'take'): Promise<void> {
    await this.flush();
    await this.#keeper.confirm(this.#revision, unreviewed);
  }

  #mend(change: (ranges: ReviewedPhrase['ranges']) => ReviewedPhrase['ranges'] | null): void {
    const { current } = this;
    if (current === null) return;
    const ranges = change(current.ranges);
    if (ranges === null) {
      this.announced = 'It can’t be moved further.';
    } else if (this.#taken(ranges, current.id)) {
      this.announced = 'These words are a phrase already.';
    } else {
      this.#put([{ ...current, ranges, verdict: 'accepted' }]);
      this.announced = `“${this.textOf({ ...current, ranges })}”`;
    }
  }

  #taken(ranges: ReviewedPhrase['ranges'], except?: string): boolean {
    return this.phrases.some(
      (phrase) => phrase.id !== except && phrase.verdict !== 'rejected' && sameRanges(phrase.ranges, ranges),
    );
  }

  /** The first open phrase behind one, else from the beginning. */
  #nextOpen(id: string | null): string | null {
    const place = this.phrases.findIndex((phrase) => phrase.id === id);
    const round = [...this.phrases.slice(place + 1), ...this.phrases.slice(0, place + 1)];
    return round.find(({ verdict }) => verdict === 'open')?.id ?? null;
  }

  #say(done: string): void {
    const { current } = this;
    this.announced =
      current === null
        ? `${done}Everything is looked at.`
        : `${done}“${this.textOf(current)}”, ${current.proposed?.rule ?? 'your own'}${current.verdict === 'open' ? '' : `, ${current.verdict}`}.`;
  }

  #put(changed: readonly ReviewedPhrase[]): void {
    // What was not there before is undone by rejecting it.
    const before = changed.map(
      (phrase) =>
        this.phrases.find(({ id }) => id === phrase.id) ?? { ...phrase, verdict: 'rejected' as const },
    );
    this.#steps = [...this.#steps, { before, at: this.at }];
    this.#store(changed);
  }

  #store(changed: readonly ReviewedPhrase[]): void {
    this.phrases = replacing(this.phrases, changed).sort(inReadingOrder);
    this.#pending = replacing(
      this.#pending,
      changed.map(({ id, ranges, verdict }) => ({ id, ranges, verdict })),
    );
    this.#unsaved = this.#pending.length;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      // What goes wrong is shown; the next change, or the button there, tries again.
      this.flush().catch(() => undefined);
    }, WAIT_MS);
  }

  async #send(): Promise<void> {
    if (this.#pending.length === 0) return;
    const sent = this.#pending;
    this.#pending = [];
    try {
      const { revision } = await this.#keeper.change(this.#revision, sent);
      this.#revision = revision;
      this.failure = null;
    } catch (thrown) {
      this.#pending = replacing(sent, this.#pending);
      this.failure = thrown instanceof Error ? thrown.message : 'The review could not be stored.';
      throw thrown;
    } finally {
      this.#unsaved = this.#pending.length;
    }
  }
}

/** A list with some of its members replaced by those with the same id, and what is new behind them. */
function replacing<One extends { readonly id: string }>(list: readonly One[], by: readonly One[]): One[] {
  const fresh = Object.fromEntries(by.map((one) => [one.id, one]));
  return [...list.filter(({ id }) => !(id in fresh)), ...by];
}
