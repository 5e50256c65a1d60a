import type { EntityId, MentionId, Span } from './contract.ts';

/** What a mention is said to be. `open`: nothing was said of it yet. */
type Standing =
  | { readonly kind: 'open' }
  | { readonly kind: 'entity'; readonly entity: EntityId }
  | { readonly kind: 'property'; readonly of: readonly MentionId[] }
  | { readonly kind: 'non-referring' };

interface Bridge {
  readonly to: EntityId;
  readonly relation: string | null;
}

export interface AnnotatedMention {
  readonly id: MentionId;
  /** In order, not touching. */
  readonly ranges: readonly Span[];
  /** A token inside the ranges. */
  readonly head: number | null;
  /** Inside one of the ranges, and around the head where there is one. */
  readonly minimum: Span | null;
  readonly standing: Standing;
  readonly bridges: readonly Bridge[];
  /** The stretch of text that the mention points at. */
  readonly deixis: readonly Span[] | null;
}

export interface AnnotatedEntity {
  readonly id: EntityId;
  /** From 1; stays while the entity does, so that its colour does. A new entity gets the next after the highest. */
  readonly number: number;
  readonly name: string | null;
  readonly type: string | null;
  /** The entities that it is together; none, or at least two, and none of these is several itself. */
  readonly antecedents: readonly EntityId[];
  /** In reading order; never empty. */
  readonly mentions: readonly MentionId[];
}

/** Everything that is said of a document at one moment. Never changed in place. */
export interface Annotation {
  readonly mentions: ReadonlyMap<MentionId, AnnotatedMention>;
  readonly entities: ReadonlyMap<EntityId, AnnotatedEntity>;
}

/** One row before and after a change; null where it was, or is, not there. */
interface Cell<Row> {
  readonly id: string;
  readonly before: Row | null;
  readonly after: Row | null;
}

/** What one operation did, so that it can be done and taken back exactly. */
export interface Change {
  readonly mentions: readonly Cell<AnnotatedMention>[];
  readonly entities: readonly Cell<AnnotatedEntity>[];
}

/** An annotation that is being put together by many changes, before anybody sees it. */
export interface Tables {
  readonly mentions: Map<MentionId, AnnotatedMention>;
  readonly entities: Map<EntityId, AnnotatedEntity>;
}

export const EMPTY: Annotation = { mentions: new Map(), entities: new Map() };

export function copied({ mentions, entities }: Annotation): Tables {
  return { mentions: new Map(mentions), entities: new Map(entities) };
}

/** Writes a change into tables that nobody else holds. */
export function write(tables: Tables, change: Change): void {
  for (const { id, after } of change.mentions) put(tables.mentions, id, after);
  for (const { id, after } of change.entities) put(tables.entities, id, after);
}

/** The annotation after a change. What the change does not touch is shared. */
export function commit(annotation: Annotation, change: Change): Annotation {
  const tables = {
    mentions:
      change.mentions.length === 0 ? annotation.mentions : patched(annotation.mentions, change.mentions),
    entities:
      change.entities.length === 0 ? annotation.entities : patched(annotation.entities, change.entities),
  };
  return tables;
}

/** The change that takes another back. */
export function inverse({ mentions, entities }: Change): Change {
  return { mentions: mentions.map(turned), entities: entities.map(turned) };
}

function turned<Row>({ id, before, after }: Cell<Row>): Cell<Row> {
  return { id, before: after, after: before };
}

function patched<Row>(rows: ReadonlyMap<string, Row>, cells: readonly Cell<Row>[]): ReadonlyMap<string, Row> {
  const copy = new Map(rows);
  for (const { id, after } of cells) put(copy, id, after);
  return copy;
}

function put<Row>(rows: Map<string, Row>, id: string, row: Row | null): void {
  if (row === null) rows.delete(id);
  else rows.set(id, row);
}

const { compare: byNumber } = new Intl.Collator('en', { numeric: true });

/**
 * Orders mentions as they are met in reading, the longer first; two that begin and end alike stand in the order of
 * their ids.
 */
export function asMet(one: AnnotatedMention, other: AnnotatedMention): number {
  return startOf(one) - startOf(other) || endOf(other) - endOf(one) || byNumber(one.id, other.id);
}

/** The first token of a mention. */
export function startOf({ ranges }: Pick<AnnotatedMention, 'ranges'>): number {
  return ranges[0]?.[0] ?? 0;
}

/** The token after the last of a mention. */
export function endOf({ ranges }: Pick<AnnotatedMention, 'ranges'>): number {
  return ranges.at(-1)?.[1] ?? 0;
}
