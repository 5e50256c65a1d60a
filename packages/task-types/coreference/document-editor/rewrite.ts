import type { DocumentContent } from '@casebook/contracts';
import {
  asMet,
  type AnnotatedEntity,
  type AnnotatedMention,
  type Annotation,
  type Change,
} from './annotation.ts';
import type { EntityId, MentionId, Span } from './contract.ts';
import type { Refusal, RefusalReason } from './refusal.ts';

/** An operation that cannot be done ends here; `planned` hands the refusal on as a value. */
export class Refused extends Error {
  readonly refusal: Refusal;

  constructor(reason: RefusalReason, message: string) {
    super(message);
    this.refusal = { reason, message };
  }
}

/** An annotation with what one operation has changed so far, kept apart from it. */
export class Rewrite {
  readonly document: Pick<DocumentContent, 'tokens'>;
  readonly #annotation: Annotation;
  readonly #mentions = new Map<MentionId, AnnotatedMention | null>();
  readonly #entities = new Map<EntityId, AnnotatedEntity | null>();

  constructor(document: Pick<DocumentContent, 'tokens'>, annotation: Annotation) {
    this.document = document;
    this.#annotation = annotation;
  }

  findMention(id: MentionId): AnnotatedMention | null {
    return this.#mentions.has(id)
      ? (this.#mentions.get(id) ?? null)
      : (this.#annotation.mentions.get(id) ?? null);
  }

  findEntity(id: EntityId): AnnotatedEntity | null {
    return this.#entities.has(id)
      ? (this.#entities.get(id) ?? null)
      : (this.#annotation.entities.get(id) ?? null);
  }

  mention(id: MentionId): AnnotatedMention {
    const found = this.findMention(id);
    if (found === null) throw new Refused('unknown-mention', `There is no mention ${id}.`);
    return found;
  }

  entity(id: EntityId): AnnotatedEntity {
    const found = this.findEntity(id);
    if (found === null) throw new Refused('unknown-entity', `There is no entity ${id}.`);
    return found;
  }

  /** All mentions as they now are, in no order. */
  *mentions(): Generator<AnnotatedMention> {
    for (const [id, mention] of this.#annotation.mentions) {
      if (!this.#mentions.has(id)) yield mention;
    }
    for (const mention of this.#mentions.values()) if (mention !== null) yield mention;
  }

  *entities(): Generator<AnnotatedEntity> {
    for (const [id, entity] of this.#annotation.entities) {
      if (!this.#entities.has(id)) yield entity;
    }
    for (const entity of this.#entities.values()) if (entity !== null) yield entity;
  }

  putMention(mention: AnnotatedMention): void {
    this.#mentions.set(mention.id, mention);
  }

  putEntity(entity: AnnotatedEntity): void {
    this.#entities.set(entity.id, entity);
  }

  dropMention(id: MentionId): void {
    this.#mentions.set(id, null);
  }

  dropEntity(id: EntityId): void {
    this.#entities.set(id, null);
  }

  inReadingOrder(ids: readonly MentionId[]): readonly MentionId[] {
    return ids
      .map((id) => this.mention(id))
      .sort(asMet)
      .map(({ id }) => id);
  }

  /** A phrase as it is quoted in a message. */
  quoted(ranges: readonly Span[]): string {
    const words = ranges.map(([start, end]) =>
      this.document.tokens
        .slice(start, end)
        .map(({ text }) => text)
        .join(' '),
    );
    return `“${words.join(' … ')}”`;
  }

  change(): Change {
    return {
      mentions: Array.from(this.#mentions, ([id, after]) => ({
        id,
        before: this.#annotation.mentions.get(id) ?? null,
        after,
      })),
      entities: Array.from(this.#entities, ([id, after]) => ({
        id,
        before: this.#annotation.entities.get(id) ?? null,
        after,
      })),
    };
  }
}
