import { textOfMention, type DocumentContent } from '@casebook/contracts';
import { displayParagraphs } from '../../display-paragraphs.ts';
import {
  EMPTY,
  startOf,
  type AnnotatedEntity,
  type AnnotatedMention,
} from '../../document-editor/annotation.ts';
import type { EntityId, LogEntry, MentionId, Operation, Span } from '../../document-editor/contract.ts';
import { after, historyFrom, type History } from '../../document-editor/history.ts';
import { KeptOrder } from '../../document-editor/kept-order.ts';
import { byParagraph, marksOf, sameMarks, type Mark } from '../../document-editor/marks.ts';
import { paragraphAt, ParagraphText } from '../../document-editor/paragraph-text.ts';
import type { Refusal } from '../../document-editor/refusal.ts';
import { describeOperation } from '../../document-editor/words.ts';

/** A document and what one annotator's log makes of it. */
export class Pass {
  readonly document: DocumentContent;
  readonly paragraphs: readonly ParagraphText[];
  history: History = $state.raw(historyFrom(EMPTY));
  #length: number;
  readonly #onentry: (entry: LogEntry) => void;

  readonly annotation = $derived.by(() => this.history.annotation);
  readonly #order = new KeptOrder();
  readonly #ordered = $derived.by(() => this.#order.of(this.annotation));
  /** In reading order. */
  readonly mentions: readonly AnnotatedMention[] = $derived(this.#ordered.mentions);
  /** The place of each mention in that order; the very same map as long as no span changes. */
  readonly places: ReadonlyMap<MentionId, number> = $derived(this.#ordered.places);
  readonly #byParagraph = $derived.by(() =>
    byParagraph(
      this.paragraphs.map(({ range }) => range),
      this.mentions,
    ),
  );
  /** In order of first mention. */
  readonly entities: readonly AnnotatedEntity[] = $derived.by(() => {
    // Read once: every reading of what is derived is followed, and a sort would read it thousands of times.
    const { places } = this;
    return [...this.annotation.entities.values()]
      .map((entity) => ({ entity, place: places.get(entity.mentions[0] ?? '') ?? -1 }))
      .sort((one, other) => one.place - other.place)
      .map(({ entity }) => entity);
  });
  readonly #drawn: ({ mentions: readonly AnnotatedMention[]; marks: readonly Mark[] } | undefined)[] = [];
  readonly #texts = new WeakMap<AnnotatedMention['ranges'], string>();

  constructor(
    document: DocumentContent,
    history: History,
    length: number,
    onentry: (entry: LogEntry) => void,
  ) {
    this.document = document;
    this.paragraphs = displayParagraphs(document).map((range) => new ParagraphText(document.tokens, range));
    this.history = history;
    this.#length = length;
    this.#onentry = onentry;
  }

  /** An id that nothing in this log has had. */
  freshId(): string {
    return `c${this.#length + 1}`;
  }

  /** Does one entry of the log, or says why it cannot be done. */
  do(entry: LogEntry): Refusal | null {
    const outcome = after(this.document, this.history, entry);
    if (!outcome.ok) return outcome.refusal;
    this.#length += 1;
    this.history = outcome.done;
    this.#onentry(entry);
    return null;
  }

  mention(id: MentionId | null): AnnotatedMention | null {
    return id === null ? null : (this.annotation.mentions.get(id) ?? null);
  }

  entity(id: EntityId): AnnotatedEntity | null {
    return this.annotation.entities.get(id) ?? null;
  }

  entityOf(mention: AnnotatedMention | null): AnnotatedEntity | null {
    return mention?.standing.kind === 'entity' ? this.entity(mention.standing.entity) : null;
  }

  placeOf(id: MentionId): number {
    return this.places.get(id) ?? -1;
  }

  textOf(mention: Pick<AnnotatedMention, 'ranges'>): string {
    const known = this.#texts.get(mention.ranges);
    if (known !== undefined) return known;
    const text = this.textOfSpans(mention.ranges);
    this.#texts.set(mention.ranges, text);
    return text;
  }

  textOfSpans(ranges: readonly Span[]): string {
    return textOfMention(this.document.tokens, { ranges: ranges.map(([start, end]) => [start, end]) });
  }

  /** What an entity is called: its name, else its first mention. */
  nameOf({ name, mentions }: AnnotatedEntity): string {
    const first = this.mention(mentions[0] ?? null);
    return name ?? (first === null ? '' : this.textOf(first));
  }

  /** The very same list for a paragraph whose marks did not change, so that it is not drawn anew. */
  marksIn(index: number): readonly Mark[] {
    const mentions = this.#byParagraph[index] ?? [];
    const before = this.#drawn[index];
    if (before !== undefined && isDrawnAlike(before.mentions, mentions)) return before.marks;
    const fresh = marksOf(mentions, this.annotation);
    const marks = before !== undefined && sameMarks(before.marks, fresh) ? before.marks : fresh;
    this.#drawn[index] = { mentions, marks };
    return marks;
  }

  paragraphOf(token: number): number {
    return paragraphAt(this.paragraphs, token);
  }

  /** The mentions that a token stands in, the innermost first. */
  at(token: number): readonly AnnotatedMention[] {
    const size = ({ ranges }: AnnotatedMention): number =>
      ranges.reduce((sum, [start, end]) => sum + end - start, 0);
    return (this.#byParagraph[this.paragraphOf(token)] ?? [])
      .filter(({ ranges }) => ranges.some(([start, end]) => start <= token && token < end))
      .sort((one, other) => size(one) - size(other) || startOf(other) - startOf(one));
  }

  /** The sentence of a token. */
  sentenceOf(token: number): Span {
    return this.document.sentences.findLast(([start]) => start <= token) ?? [0, this.document.tokens.length];
  }

  inWords(operation: Operation): string {
    return describeOperation(
      operation,
      (id) => {
        const mention = this.mention(id);
        return mention === null ? id : this.textOf(mention);
      },
      (id) => String(this.entity(id)?.number ?? ''),
    );
  }
}

/** Whether nothing that is drawn of these can have changed: the same rows, whose labels say nothing of others. */
function isDrawnAlike(before: readonly AnnotatedMention[], now: readonly AnnotatedMention[]): boolean {
  return (
    before.length === now.length &&
    now.every(
      (mention, place) =>
        mention === before[place] && mention.standing.kind !== 'property' && mention.bridges.length === 0,
    )
  );
}
