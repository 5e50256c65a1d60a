import type { DocumentContent, UnitId } from '@casebook/contracts';
import { SvelteMap } from 'svelte/reactivity';
import type { SectionWork, WorkUnit } from '../../section-work.ts';
import type { CoreferenceProtocol, CoreferenceUnit, PhraseAnswer } from '../contract.ts';
import { BorderSteps, type BorderStep } from '../corrected-span/border-steps.ts';
import type { CorrectedSpan } from '../corrected-span/contract.ts';
import { WrittenText } from '../corrected-span/written-text.ts';
import { isRightToLeft } from '../document-editor/direction.ts';
import { sameSpans } from '../document-editor/spans.ts';
import type { SpanDraft } from '../document-editor/span-draft.ts';
import { correctionOf } from '../kinds.ts';

type Work = SectionWork<CoreferenceUnit, PhraseAnswer, CoreferenceProtocol>;

/** The borders that go with the next answer to a phrase, and those that are just being chosen. */
export class SpanCorrection {
  readonly #work: Work;
  readonly #document: () => DocumentContent | null;
  readonly #text = $derived.by(() => {
    const document = this.#document();
    return document === null ? null : new WrittenText(document);
  });
  /** By unit: what was corrected in this sitting, null where it was put back. Kept so that an undo finds it again. */
  readonly #corrected = new SvelteMap<UnitId, CorrectedSpan | null>();
  /** The draft in hand, and before it those that it was made from. */
  #drafts: readonly SpanDraft[] = $state.raw([]);

  constructor(work: Work, document: () => DocumentContent | null) {
    this.#work = work;
    this.#document = document;
  }

  get isAllowed(): boolean {
    return this.#work.protocol.corrections !== 'none' && this.#work.takes === 'everything';
  }

  /** Whether steps by character are offered beside those by token. */
  get byCharacter(): boolean {
    return this.#work.protocol.corrections === 'characters';
  }

  /** The corrected borders of the phrase in question; null where it stands as it was shown. */
  get span(): CorrectedSpan | null {
    const { current } = this.#work;
    if (current === null) return null;
    const own = this.#corrected.get(current.id);
    if (own !== undefined) return own;
    const act = this.#work.judgementOf(current.id)?.act;
    return act?.kind === 'answer' ? correctionOf(act.answer) : null;
  }

  /** The borders as they stand while they are chosen, else as they are corrected. */
  get inHand(): CorrectedSpan | null {
    const [draft, steps] = [this.#draft, this.#steps];
    return draft === undefined || steps === null ? this.span : this.#unlessShown(steps.spanOf(draft));
  }

  /** Tokens of the borders in hand, to be drawn; null where they are those shown. */
  get tokens(): readonly (readonly [number, number])[] | null {
    const { inHand } = this;
    return inHand === null ? null : (this.#text?.tokensOf(inHand.ranges) ?? null);
  }

  /** What a step moves by where nothing else is asked for. */
  get usualStep(): BorderStep {
    const [text, current] = [this.#text, this.#work.current];
    if (text === null || current === null || !this.byCharacter) return 'token';
    return text.isUnspaced(text.boundsOf(current.content.ranges)) ? 'character' : 'token';
  }

  get rightToLeft(): boolean {
    const { current } = this.#work;
    return (
      current !== null &&
      isRightToLeft(this.#text?.textOf([this.#text.boundsOf(current.content.ranges)]) ?? '')
    );
  }

  get canUndo(): boolean {
    return this.#drafts.length > 1;
  }

  /** Takes up the borders as they stand; false where there is nothing to correct. */
  begin(): boolean {
    const { current } = this.#work;
    const steps = this.#steps;
    if (current === null || steps === null || !this.isAllowed) return false;
    const draft = steps.begin(current.key, this.span?.ranges ?? this.#shown(current));
    if (draft === null) return false;
    this.#drafts = [draft];
    this.#work.announce(`Borders of ${this.#words}. Arrows move the end, with Control the start.`);
    return true;
  }

  move(end: 'start' | 'end', by: 1 | -1, step: BorderStep = this.usualStep): void {
    const [draft, steps] = [this.#draft, this.#steps];
    if (draft === undefined || steps === null) return;
    const moved = steps.moved(draft, end, by, this.byCharacter ? step : 'token');
    if (moved === draft) this.#work.announce('It goes no further.');
    else this.#put(moved);
  }

  anotherPiece(): void {
    const [draft, steps] = [this.#draft, this.#steps];
    if (draft !== undefined && steps !== null) this.#put(steps.anotherPiece(draft));
  }

  /** Back to the borders that were shown; a step like any other. */
  reset(): void {
    const { current } = this.#work;
    const draft = current === null ? null : (this.#steps?.begin(current.key, this.#shown(current)) ?? null);
    if (draft !== null) this.#put(draft);
  }

  undo(): void {
    if (!this.canUndo) {
      this.#work.announce('There is nothing to undo.');
      return;
    }
    this.#drafts = this.#drafts.slice(0, -1);
    this.#work.announce(this.#words);
  }

  /** Keeps the borders in hand, to go with the answer. */
  take(): void {
    const { current } = this.#work;
    if (current === null || this.#draft === undefined) return;
    const { inHand } = this;
    this.#corrected.set(current.id, inHand);
    this.#drafts = [];
    this.#work.announce(
      inHand === null ? 'The phrase stands as it was shown.' : `The phrase is ${inHand.text}.`,
    );
  }

  /** Leaves the borders as they were before this was begun. */
  leave(): void {
    this.#drafts = [];
  }

  get #draft(): SpanDraft | undefined {
    return this.#drafts.at(-1);
  }

  get #words(): string {
    return this.inHand?.text ?? this.#work.current?.content.text ?? '';
  }

  readonly #steps = $derived.by((): BorderSteps | null => {
    const [text, current] = [this.#text, this.#work.current];
    return text === null || current === null
      ? null
      : new BorderSteps(text, current.content.ranges, this.byCharacter ? 'character' : 'token');
  });

  #put(draft: SpanDraft): void {
    this.#drafts = [...this.#drafts, draft];
    this.#work.announce(this.#words);
  }

  #shown({ content }: WorkUnit<CoreferenceUnit>): readonly (readonly [number, number])[] {
    return this.#text?.joined(this.#text.ofTokens(content.ranges)) ?? [];
  }

  #unlessShown(span: CorrectedSpan): CorrectedSpan | null {
    const { current } = this.#work;
    return current === null || sameSpans(span.ranges, this.#shown(current)) ? null : span;
  }
}
