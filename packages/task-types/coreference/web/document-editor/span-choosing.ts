import { endOf, startOf } from '../../document-editor/annotation.ts';
import type { Operation } from '../../document-editor/contract.ts';
import {
  anotherPiece,
  draftOfSpan,
  extended,
  overSentence,
  rangesOfDraft,
  shifted,
  type SpanDraft,
  type SpanPurpose,
} from '../../document-editor/span-draft.ts';
import type { Modes } from './modes.svelte.ts';
import type { Pass } from './pass.svelte.ts';
import type { Place } from './place.svelte.ts';
import type { Steps } from './steps.ts';
import type { Voice } from './voice.svelte.ts';

/** Choosing a stretch of text: for a new mention, or for the span, head, minimum or deixis of one. */
export class SpanChoosing {
  readonly #pass: Pass;
  readonly #voice: Voice;
  readonly #place: Place;
  readonly #modes: Modes;
  readonly #steps: Steps;

  constructor(pass: Pass, voice: Voice, place: Place, modes: Modes, steps: Steps) {
    this.#pass = pass;
    this.#voice = voice;
    this.#place = place;
    this.#modes = modes;
    this.#steps = steps;
  }

  choose(purpose: SpanPurpose, anchor: number, focus: number): void {
    this.#voice.calm();
    if (purpose.kind === 'make') this.#place.selectedId = null;
    this.#drafted({ purpose, kept: [], anchor, focus });
  }

  chooseFor(kind: 'head' | 'minimum' | 'deixis'): void {
    const selected = this.#place.wanted();
    if (selected === null) return;
    const purpose = { kind, mention: selected.id };
    if (kind === 'head') {
      const token = selected.head ?? endOf(selected) - 1;
      this.choose(purpose, token, token);
    } else if (kind === 'minimum') {
      const [start, end] = selected.minimum ?? selected.ranges[0] ?? [0, 1];
      this.choose(purpose, start, end - 1);
    } else {
      const [start] = this.#pass.sentenceOf(startOf(selected));
      const [from, to] = selected.deixis?.[0] ?? this.#pass.sentenceOf(Math.max(0, start - 1));
      this.choose(purpose, from, to - 1);
    }
  }

  /** Stretches or shrinks the span; one is begun where none is being chosen. */
  extend(end: 'start' | 'end', by: number): void {
    const { draft } = this.#modes;
    const { selected, cursor } = this.#place;
    if (draft !== null) this.#drafted(extended(draft, end, by, this.#bounds));
    else if (selected !== null) {
      const own = draftOfSpan(selected.id, selected.ranges);
      if (own !== null) this.#drafted(extended(own, end, by, this.#bounds));
    } else this.choose({ kind: 'make' }, cursor, cursor);
  }

  shift(by: number): void {
    const { draft } = this.#modes;
    if (draft !== null) this.#drafted(shifted(draft, by, this.#bounds));
  }

  /** Another sentence for what points at a stretch of text. */
  shiftSentence(by: 1 | -1, grows: boolean): void {
    const { draft } = this.#modes;
    if (draft === null) return;
    const next = overSentence(draft, by, grows, this.#pass.document.sentences);
    if (next !== null) this.#drafted(next);
  }

  anotherPiece(): void {
    const { draft } = this.#modes;
    if (draft === null || draft.purpose.kind === 'head' || draft.purpose.kind === 'minimum') return;
    this.#drafted(anotherPiece(draft, this.#pass.document.tokens.length));
  }

  /** Takes what was chosen. */
  take(): boolean {
    const { draft } = this.#modes;
    if (draft === null) return false;
    const { purpose } = draft;
    const operation = this.#operationOf(draft);
    if (!this.#steps.do(operation)) return false;
    this.#modes.read();
    if (operation.kind === 'make-mention') this.#place.select(operation.mention);
    else if (purpose.kind !== 'make') this.#place.selectedId = purpose.mention;
    return true;
  }

  /** Makes a mention of what is chosen for one, before something is said of it; whether that could be done. */
  takeNew(): boolean {
    return this.#modes.draft?.purpose.kind !== 'make' || this.take();
  }

  /** Has no head, minimum span or stretch of text. */
  clear(): void {
    const { draft } = this.#modes;
    if (draft === null) return;
    const { purpose } = draft;
    if (purpose.kind === 'head') this.#steps.do({ kind: 'set-head', mention: purpose.mention, head: null });
    else if (purpose.kind === 'minimum')
      this.#steps.do({ kind: 'set-minimum', mention: purpose.mention, minimum: null });
    else if (purpose.kind === 'deixis')
      this.#steps.do({ kind: 'set-deixis', mention: purpose.mention, ranges: null });
    this.#modes.read();
  }

  get #bounds(): readonly [number, number] {
    return [0, this.#pass.document.tokens.length];
  }

  #drafted(draft: SpanDraft): void {
    this.#modes.now = { kind: 'choosing-span', draft };
    this.#place.cursor = draft.focus;
    this.#place.show(draft.focus);
    this.#voice.say(this.#pass.textOfSpans(rangesOfDraft(draft)));
  }

  #operationOf(draft: SpanDraft): Operation {
    const { purpose } = draft;
    const ranges = rangesOfDraft(draft).map(([start, end]): [number, number] => [start, end]);
    switch (purpose.kind) {
      case 'make':
        return { kind: 'make-mention', mention: this.#pass.freshId(), ranges };
      case 'respan':
        return { kind: 'respan-mention', mention: purpose.mention, ranges };
      case 'head':
        return { kind: 'set-head', mention: purpose.mention, head: draft.focus };
      case 'minimum':
        return { kind: 'set-minimum', mention: purpose.mention, minimum: ranges[0] ?? null };
      case 'deixis':
        return { kind: 'set-deixis', mention: purpose.mention, ranges };
    }
  }
}
