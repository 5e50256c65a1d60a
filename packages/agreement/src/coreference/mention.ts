/** A half-open range of tokens, `[start, end)`. */
export type MentionRange = readonly [start: number, end: number];

/** A mention given by its place in the text, for what needs more than identity: heads, minimum spans, overlap. */
export interface MentionSpan {
  /** One range, or several for a discontinuous mention; in order. */
  readonly ranges: readonly MentionRange[];
  /** The token that is the mention's syntactic head; wanted by head matching. */
  readonly head?: number;
  /** The smallest part of the mention that an answer must hold; wanted by minimum-span matching. */
  readonly minSpan?: readonly MentionRange[];
}

/** A mention: any string that names it, or its span. Two mentions are the same where key or ranges are. */
export type CoreferenceMention = string | MentionSpan;

/** An entity whose antecedent is several entities at once ("Ann met Bob. They …"). */
export interface SplitAntecedentEntity {
  readonly mentions: readonly CoreferenceMention[];
  /** Places, in the same list of entities, of the entities that this one is made of. */
  readonly parts: readonly number[];
}

/** An entity: its mentions, and where it has a split antecedent, the entities that it is made of. */
export type CoreferenceEntity = readonly CoreferenceMention[] | SplitAntecedentEntity;

/** One document as two sides see it. Entities are in the order of the source, which decides between duplicates. */
export interface CoreferenceDocument {
  readonly id?: string;
  readonly key: readonly CoreferenceEntity[];
  readonly response: readonly CoreferenceEntity[];
}

/** The string under which a mention is compared with others. */
export function mentionName(mention: CoreferenceMention): string {
  if (typeof mention === 'string') return mention;
  let name = '';
  for (const [start, end] of mention.ranges) name += `${name === '' ? '' : ','}${start}-${end}`;
  return name;
}

export function mentionsOf(entity: CoreferenceEntity): readonly CoreferenceMention[] {
  return 'parts' in entity ? entity.mentions : entity;
}

export function partsOf(entity: CoreferenceEntity): readonly number[] {
  return 'parts' in entity ? entity.parts : [];
}
