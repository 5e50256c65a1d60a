import { createContext } from 'svelte';
import {
  endOf,
  startOf,
  type AnnotatedEntity,
  type AnnotatedMention,
} from '../../document-editor/annotation.ts';
import type { Candidate } from '../../document-editor/candidates.ts';
import type { EntityId, LogEntry, MentionId, Operation, Span } from '../../document-editor/contract.ts';
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
import { isRightToLeft } from '../../document-editor/direction.ts';
import { TextSearch } from '../../document-editor/text-search.ts';
import { answerWith } from './answering.ts';
import type { Pass } from './pass.svelte.ts';
import { Picking, type PickPurpose } from './picking.svelte.ts';

/** What the foot of the page is for. */
export type Mode =
  | { readonly kind: 'reading' }
  | { readonly kind: 'choosing-span'; readonly draft: SpanDraft }
  | { readonly kind: 'picking'; readonly picking: Picking }
  | { readonly kind: 'splitting'; readonly entity: EntityId; readonly leaving: readonly MentionId[] }
  | { readonly kind: 'describing'; readonly entity: EntityId }
  | { readonly kind: 'finding' };

const READING: Mode = { kind: 'reading' };
/** More finds than anybody goes through. */
export const MOST_HITS = 500;
const NO_HITS: readonly Span[] = [];

/** Where the annotator stands in the text, and what he is about to do. */
export class EditorState {
  readonly pass: Pass;
  mode: Mode = $state.raw(READING);
  selectedId: MentionId | null = $state(null);
  /** The token where the keyboard stands. */
  cursor: number = $state(0);
  /** What a screen reader is told; a refusal is shown too. */
  said: string = $state('');
  refusal: string | null = $state(null);
  /** What is sought in the text. */
  sought: string = $state('');
  /** The token to be brought into sight; a new object each time. */
  inSight: { readonly token: number } | null = $state.raw(null);
  /** Whether the text runs from right to left. */
  readonly rightToLeft: boolean;
  /** Whether a narrow page shows the list of entities. */
  panelOpen: boolean = $state(false);

  readonly selected: AnnotatedMention | null = $derived.by(() => this.pass.mention(this.selectedId));
  readonly entity: AnnotatedEntity | null = $derived.by(() => this.pass.entityOf(this.selected));
  readonly draft: SpanDraft | null = $derived(this.mode.kind === 'choosing-span' ? this.mode.draft : null);
  readonly picking: Picking | null = $derived(this.mode.kind === 'picking' ? this.mode.picking : null);

  readonly #search = $derived.by(() => new TextSearch(this.pass.document.tokens));
  /** Where what is sought stands. */
  readonly hits: readonly Span[] = $derived.by(() =>
    this.mode.kind === 'finding' ? this.#search.find(this.sought, MOST_HITS) : NO_HITS,
  );

  constructor(pass: Pass) {
    this.pass = pass;
    this.rightToLeft = isRightToLeft(pass.paragraphs.map(({ text }) => text).join(' '));
  }

  say(words: string): void {
    // The same words twice are two things said.
    this.said = this.said === words ? `${words}\u00a0` : words;
  }

  leave(): void {
    this.refusal = null;
    if (this.mode.kind !== 'reading') this.mode = READING;
    else this.select(null);
  }

  select(id: MentionId | null, show = true): void {
    this.refusal = null;
    this.selectedId = id;
    const mention = this.pass.mention(id);
    if (mention === null) return;
    this.cursor = startOf(mention);
    if (show) this.inSight = { token: startOf(mention) };
    this.say(this.inWords(mention));
  }

  inWords(mention: AnnotatedMention): string {
    const { pass } = this;
    const text = pass.textOf(mention);
    const entity = pass.entityOf(mention);
    switch (mention.standing.kind) {
      case 'open':
        return `${text}: nothing said yet`;
      case 'non-referring':
        return `${text}: does not refer`;
      case 'property': {
        const of = mention.standing.of
          .map((id) => pass.mention(id))
          .filter((described) => described !== null);
        return `${text}: describes ${of.map((described) => pass.textOf(described)).join(' and ')}`;
      }
      case 'entity': {
        if (entity === null) return text;
        const place = entity.mentions.indexOf(mention.id) + 1;
        return `${text}: entity ${entity.number}, ${pass.nameOf(entity)}, mention ${place} of ${entity.mentions.length}`;
      }
    }
  }

  // Going through the text

  moveCursor(by: number): void {
    const last = this.pass.document.tokens.length - 1;
    const from = this.selected === null || by < 0 ? this.cursor : endOf(this.selected) - 1;
    this.#stand(Math.min(Math.max(from + by, 0), last));
  }

  moveSentence(by: 1 | -1): void {
    const { sentences } = this.pass.document;
    const here = sentences.findLastIndex(([start]) => start <= this.cursor);
    const inside = by < 0 && this.cursor > (sentences[here]?.[0] ?? 0);
    const to = sentences[inside ? here : Math.min(Math.max(here + by, 0), sentences.length - 1)];
    if (to === undefined) return;
    this.#stand(to[0]);
    this.say(this.pass.textOfSpans([to]));
  }

  #stand(token: number): void {
    this.selectedId = null;
    this.refusal = null;
    this.cursor = token;
    this.inSight = { token };
    const mentions = this.pass.at(token).length;
    const inside = mentions === 0 ? '' : `, in ${mentions} ${mentions === 1 ? 'mention' : 'mentions'}`;
    this.say(`${this.pass.textOfSpans([[token, token + 1]])}${inside}`);
  }

  nextMention(by: 1 | -1): void {
    const { mentions } = this.pass;
    const here = this.selectedId === null ? -1 : this.pass.placeOf(this.selectedId);
    const next =
      here !== -1
        ? mentions[here + by]
        : by > 0
          ? mentions.find((mention) => startOf(mention) >= this.cursor)
          : mentions.findLast((mention) => startOf(mention) < this.cursor);
    if (next === undefined) this.say(by > 0 ? 'No mention after this.' : 'No mention before this.');
    else this.select(next.id);
  }

  nextOfEntity(by: 1 | -1): void {
    const { entity, selectedId } = this;
    if (entity === null || selectedId === null) {
      this.#refuse('Select a mention of an entity first.');
      return;
    }
    const { mentions } = entity;
    const next = mentions[(mentions.indexOf(selectedId) + by + mentions.length) % mentions.length];
    if (next !== undefined) this.select(next);
  }

  /** The innermost mention at a token; of the one that is selected there, the one around it. */
  selectAt(token: number, show = true): void {
    const here = this.pass.at(token);
    const index = here.findIndex(({ id }) => id === this.selectedId);
    const next = here[(index + 1) % Math.max(here.length, 1)];
    if (next !== undefined) this.select(next.id, show);
    else if (show) this.chooseSpan({ kind: 'make' }, token, token);
    else {
      this.selectedId = null;
      this.cursor = token;
    }
  }

  // Choosing a span

  chooseSpan(purpose: SpanPurpose, anchor: number, focus: number): void {
    this.refusal = null;
    if (purpose.kind === 'make') this.selectedId = null;
    this.#drafted({ purpose, kept: [], anchor, focus });
  }

  #drafted(draft: SpanDraft): void {
    this.mode = { kind: 'choosing-span', draft };
    this.cursor = draft.focus;
    this.inSight = { token: draft.focus };
    this.say(this.pass.textOfSpans(rangesOfDraft(draft)));
  }

  /** Stretches or shrinks the span; one is begun where none is being chosen. */
  extend(end: 'start' | 'end', by: number): void {
    const bounds = [0, this.pass.document.tokens.length] as const;
    const { draft, selected } = this;
    if (draft !== null) this.#drafted(extended(draft, end, by, bounds));
    else if (selected !== null) {
      const own = draftOfSpan(selected.id, selected.ranges);
      if (own === null) return;
      this.#drafted(extended(own, end, by, bounds));
    } else this.chooseSpan({ kind: 'make' }, this.cursor, this.cursor);
  }

  shift(by: number): void {
    if (this.draft !== null) this.#drafted(shifted(this.draft, by, [0, this.pass.document.tokens.length]));
  }

  /** Another sentence for what points at a stretch of text. */
  shiftSentence(by: 1 | -1, extend: boolean): void {
    const { draft } = this;
    if (draft === null) return;
    const next = overSentence(draft, by, extend, this.pass.document.sentences);
    if (next !== null) this.#drafted(next);
  }

  anotherPiece(): void {
    const { draft } = this;
    if (draft === null || draft.purpose.kind === 'head' || draft.purpose.kind === 'minimum') return;
    this.#drafted(anotherPiece(draft, this.pass.document.tokens.length));
  }

  /** Takes what was chosen. */
  takeSpan(): boolean {
    const { draft } = this;
    if (draft === null) return false;
    const ranges = rangesOfDraft(draft).map(([start, end]): [number, number] => [start, end]);
    const [first] = ranges;
    const { purpose } = draft;
    const operation = ((): Operation => {
      switch (purpose.kind) {
        case 'make':
          return { kind: 'make-mention', mention: this.pass.freshId(), ranges };
        case 'respan':
          return { kind: 'respan-mention', mention: purpose.mention, ranges };
        case 'head':
          return { kind: 'set-head', mention: purpose.mention, head: draft.focus };
        case 'minimum':
          return { kind: 'set-minimum', mention: purpose.mention, minimum: first ?? null };
        case 'deixis':
          return { kind: 'set-deixis', mention: purpose.mention, ranges };
      }
    })();
    if (!this.do(operation)) return false;
    this.mode = READING;
    if (operation.kind === 'make-mention') this.select(operation.mention);
    else if (purpose.kind !== 'make') this.selectedId = purpose.mention;
    return true;
  }

  /** Has no head, minimum span or stretch of text. */
  clearSpan(): void {
    const { draft } = this;
    if (draft === null) return;
    const { purpose } = draft;
    if (purpose.kind === 'head') this.do({ kind: 'set-head', mention: purpose.mention, head: null });
    else if (purpose.kind === 'minimum')
      this.do({ kind: 'set-minimum', mention: purpose.mention, minimum: null });
    else if (purpose.kind === 'deixis')
      this.do({ kind: 'set-deixis', mention: purpose.mention, ranges: null });
    this.mode = READING;
  }

  chooseFor(kind: 'head' | 'minimum' | 'deixis'): void {
    const { selected } = this;
    if (!this.#has(selected)) return;
    const purpose = { kind, mention: selected.id };
    if (kind === 'head') {
      const token = selected.head ?? endOf(selected) - 1;
      this.chooseSpan(purpose, token, token);
    } else if (kind === 'minimum') {
      const [start, end] = selected.minimum ?? selected.ranges[0] ?? [0, 1];
      this.chooseSpan(purpose, start, end - 1);
    } else {
      const [start] = this.pass.sentenceOf(startOf(selected));
      const [from, to] = selected.deixis?.[0] ?? this.pass.sentenceOf(Math.max(0, start - 1));
      this.chooseSpan(purpose, from, to - 1);
    }
  }

  // Saying what a mention is

  openNew(): void {
    if (this.draft?.purpose.kind === 'make' && !this.takeSpan()) return;
    const { selected } = this;
    if (!this.#has(selected)) return;
    if (selected.standing.kind === 'entity') {
      const into = this.pass.freshId();
      this.do({ kind: 'split-entity', entity: selected.standing.entity, mentions: [selected.id], into });
    } else
      this.do({ kind: 'open-entity', entity: this.pass.freshId(), mentions: [selected.id], antecedents: [] });
  }

  nonReferring(): void {
    if (this.#has(this.selected)) this.do({ kind: 'mark-non-referring', mention: this.selected.id });
  }

  takeOut(): void {
    const { selected } = this;
    if (!this.#has(selected)) return;
    const { kind } = selected.standing;
    if (kind === 'open') this.#refuse('Nothing is said of it yet.');
    else this.do({ kind: kind === 'entity' ? 'unlink' : 'unmark', mention: selected.id });
  }

  remove(): void {
    const { selected } = this;
    if (!this.#has(selected)) return;
    const words = `“${this.pass.textOf(selected)}” is no mention now.`;
    if (!this.do({ kind: 'remove-mention', mention: selected.id })) return;
    this.selectedId = null;
    this.say(words);
  }

  pick(purpose: PickPurpose, query = ''): void {
    if (this.draft?.purpose.kind === 'make' && purpose !== 'go' && !this.takeSpan()) return;
    const { selected } = this;
    if (purpose !== 'go' && !this.#has(selected)) return;
    if (purpose === 'merge' && this.entity === null) {
      this.#refuse('It is in no entity that could be merged.');
      return;
    }
    this.refusal = null;
    const picking = new Picking(this.pass, purpose, purpose === 'go' ? null : selected);
    picking.typed(query);
    this.mode = { kind: 'picking', picking };
    this.panelOpen = false;
  }

  /** Answers with what was picked, or with what is marked. */
  confirm(): void {
    const { picking } = this;
    if (picking === null) return;
    const { purpose } = picking;
    const chosen =
      picking.chosen.length > 0 ? picking.chosen : picking.marked === null ? [] : [picking.marked];
    const [first] = chosen;
    if (first === undefined) return;
    this.mode = READING;
    if (purpose === 'go') this.goTo(first);
    else if (picking.mention !== null)
      answerWith(this.pass, purpose, picking.mention, chosen, (operation) => this.do(operation));
  }

  goTo(candidate: Candidate): void {
    const [mention] =
      candidate.kind === 'mention' ? [candidate.id] : (this.pass.entity(candidate.id)?.mentions ?? []);
    this.mode = READING;
    if (mention !== undefined) this.select(mention);
  }

  /** A mention that was clicked while something is picked. */
  propose(id: MentionId): void {
    const { picking, pass } = this;
    const mention = pass.mention(id);
    if (picking === null || mention === null || id === picking.mention?.id) return;
    const entity = pass.entityOf(mention);
    const wanted = entity?.id ?? mention.id;
    const candidate = picking.found.find((other) => other.id === wanted);
    if (candidate === undefined) picking.typed('');
    const active = picking.found.findIndex((other) => other.id === wanted);
    if (active !== -1) picking.active = active;
  }

  // Entities

  beginSplit(): void {
    const { entity, selectedId } = this;
    if (entity === null || selectedId === null) this.#refuse('It is in no entity that could be split.');
    else if (entity.mentions.length < 2) this.#refuse('Its entity has one mention only.');
    else {
      const from = entity.mentions.indexOf(selectedId);
      const leaving = from === 0 ? [selectedId] : entity.mentions.slice(from);
      this.mode = { kind: 'splitting', entity: entity.id, leaving };
    }
  }

  toggleLeaving(id: MentionId): void {
    if (this.mode.kind !== 'splitting') return;
    const { leaving } = this.mode;
    const staying = leaving.filter((other) => other !== id);
    this.mode = { ...this.mode, leaving: staying.length < leaving.length ? staying : [...leaving, id] };
  }

  split(): void {
    if (this.mode.kind !== 'splitting') return;
    const { entity, leaving } = this.mode;
    if (leaving.length === 0) this.#refuse('Choose who leaves.');
    else if (this.do({ kind: 'split-entity', entity, mentions: [...leaving], into: this.pass.freshId() }))
      this.mode = READING;
  }

  describe(): void {
    if (this.entity === null) this.#refuse('It is in no entity that could be named.');
    else this.mode = { kind: 'describing', entity: this.entity.id };
  }

  described(name: string, type: string): void {
    if (this.mode.kind !== 'describing') return;
    const entity = this.pass.entity(this.mode.entity);
    this.mode = READING;
    if (entity === null) return;
    const [newName, newType] = [name.trim() || null, type.trim() || null];
    if (newName !== entity.name) this.do({ kind: 'name-entity', entity: entity.id, name: newName });
    if (newType !== entity.type) this.do({ kind: 'set-type', entity: entity.id, type: newType });
  }

  // Finding words

  find(): void {
    this.refusal = null;
    this.mode = { kind: 'finding' };
  }

  /** Goes to the next find after the cursor, or before it; round the end of the text. */
  nextHit(by: 1 | -1): void {
    const { hits, cursor } = this;
    const next =
      by > 0
        ? (hits.find(([start]) => start > cursor) ?? hits[0])
        : (hits.findLast(([start]) => start < cursor) ?? hits.at(-1));
    if (next === undefined) {
      this.say(`“${this.sought}” is not in the text.`);
      return;
    }
    this.selectedId = null;
    this.cursor = next[0];
    this.inSight = { token: next[0] };
    this.say(
      `${hits.indexOf(next) + 1} of ${hits.length}: ${this.pass.textOfSpans([this.pass.sentenceOf(next[0])])}`,
    );
  }

  // The log

  /** Does an operation, and says what it did or why it cannot be done. */
  do(operation: Operation): boolean {
    const refusal = this.pass.do(operation);
    if (refusal === null) {
      this.refusal = null;
      this.say(`${this.pass.inWords(operation)}.`);
      return true;
    }
    this.#refuse(refusal.message);
    return false;
  }

  undo(): void {
    this.#back('undo', 'Undone');
  }

  redo(): void {
    this.#back('redo', 'Done again');
  }

  #back(kind: 'undo' | 'redo', word: string): void {
    const { done, undone } = this.pass.history;
    const operation = (kind === 'undo' ? done : undone)?.operation;
    // What is taken back is named as it stood.
    const before = operation === undefined ? '' : this.pass.inWords(operation);
    const refusal = this.pass.do({ kind } satisfies LogEntry);
    if (refusal !== null) {
      this.#refuse(refusal.message);
      return;
    }
    this.mode = READING;
    this.refusal = null;
    this.say(
      `${word}: ${kind === 'undo' || operation === undefined ? before : this.pass.inWords(operation)}.`,
    );
    if (this.selected === null) this.selectedId = null;
    const about =
      operation !== undefined && 'mention' in operation ? this.pass.mention(operation.mention) : null;
    if (about !== null) {
      this.selectedId = about.id;
      this.cursor = startOf(about);
      this.inSight = { token: this.cursor };
    }
  }

  #has(mention: AnnotatedMention | null): mention is AnnotatedMention {
    if (mention === null)
      this.#refuse('Select a mention first: J goes to the next, Enter takes the one at the cursor.');
    return mention !== null;
  }

  #refuse(message: string): void {
    this.refusal = message;
    this.say(message);
  }
}

export const [useEditor, provideEditor] = createContext<EditorState>();
