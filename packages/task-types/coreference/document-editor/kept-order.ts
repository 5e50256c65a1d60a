import type { AnnotatedMention, Annotation } from './annotation.ts';
import type { MentionId } from './contract.ts';
import { asRead, placesOf } from './partition.ts';

/**
 * The mentions of an annotation in reading order, from one moment to the next. Most steps say something of mentions
 * and leave their spans where they are: then nothing is sorted, and the places are the very same map.
 */
export class KeptOrder {
  #mentions: readonly AnnotatedMention[] = [];
  #places: ReadonlyMap<MentionId, number> = new Map();

  /** The mentions as they are now, in reading order, with the place of each in that list. */
  of(annotation: Annotation): {
    readonly mentions: readonly AnnotatedMention[];
    readonly places: ReadonlyMap<MentionId, number>;
  } {
    const inPlace = this.#inPlace(annotation);
    this.#mentions = inPlace ?? asRead(annotation);
    if (inPlace === null) this.#places = placesOf(this.#mentions);
    return { mentions: this.#mentions, places: this.#places };
  }

  /** Null where a mention came, went or has another span. */
  #inPlace({ mentions }: Annotation): readonly AnnotatedMention[] | null {
    if (mentions.size !== this.#mentions.length) return null;
    const now: AnnotatedMention[] = [];
    for (const { id, ranges } of this.#mentions) {
      const mention = mentions.get(id);
      if (mention?.ranges !== ranges) return null;
      now.push(mention);
    }
    return now;
  }
}
