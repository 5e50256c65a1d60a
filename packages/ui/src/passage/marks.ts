/** A token as a passage needs it; documents' tokens fit as they are. */
export interface PassageToken {
  readonly text: string;
  /** Absent means that a space follows. */
  readonly spaceAfter?: false | undefined;
  /** A node that the text itself does not hold, such as a zero pronoun: drawn as ∅. */
  readonly empty?: true | undefined;
}

/** A half-open range of tokens, `[start, end)`, counted from the start of the document. */
export type PassageRange = readonly [number, number];

/**
 * How loudly a mark speaks. `question`: the one phrase asked about, lit amber; at most one on a page. `chosen`:
 * picked as part of an answer that is being put together. `pointed`: where the keyboard's pointer stands. `echo`:
 * another mention of the entity that is pointed at. `none`: underlined only.
 */
export type Emphasis = 'none' | 'echo' | 'pointed' | 'chosen' | 'question';

/** Something said about a phrase of the text. Marks may nest, cross and be discontinuous. */
export interface PassageMark {
  /** Unique in the passage; comes back when the mark is selected. */
  readonly id: string;
  readonly ranges: readonly PassageRange[];
  /** The number of the entity, from 1: printed beside the phrase, and the choice of its colour. Null: a plain mark. */
  readonly entity: number | null;
  /** Further entities that the phrase names together with the first (“they”): their numbers are printed too. */
  readonly others?: readonly number[] | undefined;
  readonly emphasis?: Emphasis | undefined;
}

/** How many entity colours there are; entity 13 looks like entity 1, the number tells them apart. */
export const ENTITY_COLOURS = 12;

/** The colour, 1 to 12, of the entity with this number. */
export function colourOfEntity(entity: number): number {
  return ((((entity - 1) % ENTITY_COLOURS) + ENTITY_COLOURS) % ENTITY_COLOURS) + 1;
}

/** Orders marks so that one that holds another comes before it: by first token, then the longer. */
export function outerFirst(one: PassageMark, other: PassageMark): number {
  const oneStart = one.ranges[0]?.[0] ?? 0;
  const otherStart = other.ranges[0]?.[0] ?? 0;
  if (oneStart !== otherStart) return oneStart - otherStart;
  return (other.ranges.at(-1)?.[1] ?? 0) - (one.ranges.at(-1)?.[1] ?? 0);
}

/** Whether two marks would be drawn alike. */
export function sameMark(one: PassageMark, other: PassageMark): boolean {
  return (
    one === other ||
    (one.id === other.id &&
      one.entity === other.entity &&
      (one.others ?? []).join() === (other.others ?? []).join() &&
      (one.emphasis ?? 'none') === (other.emphasis ?? 'none') &&
      one.ranges.length === other.ranges.length &&
      one.ranges.every((range, index) => {
        const counterpart = other.ranges[index];
        return counterpart !== undefined && range[0] === counterpart[0] && range[1] === counterpart[1];
      }))
  );
}
