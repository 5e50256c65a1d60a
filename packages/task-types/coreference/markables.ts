import { inReadingOrder, textOfMention, type DocumentContent, type UnitId } from '@casebook/contracts';
import type { WorkUnit } from '../section-work.ts';
import type { CoreferenceUnit } from './contract.ts';
import type { EarlierMention } from './find.ts';

/** A markable of a document, whether or not this coder is to judge it. */
export interface Markable extends EarlierMention {
  /** Its unit, where it stands in a section that this coder has. */
  readonly unitId: UnitId | null;
}

/** The markables of a document in reading order, each with its unit where the coder has it. */
export function markablesOf(
  document: DocumentContent,
  units: readonly WorkUnit<CoreferenceUnit>[],
): readonly Markable[] {
  const known = new Map<string, Markable>();
  for (const mention of document.mentions) {
    known.set(mention.id, {
      key: mention.id,
      text: textOfMention(document.tokens, mention),
      ranges: mention.ranges,
      unitId: null,
    });
  }
  for (const { key, id, content } of units) {
    known.set(key, { key, text: content.text, ranges: content.ranges, unitId: id });
  }
  return [...known.values()].sort((one, other) => inReadingOrder(ranged(one), ranged(other)));
}

/** Markables by key, to look one up. */
export function byKey(markables: readonly Markable[]): ReadonlyMap<string, Markable> {
  return new Map(markables.map((markable) => [markable.key, markable]));
}

function ranged({ ranges }: Markable): { ranges: [number, number][] } {
  return { ranges: ranges.map(([start, end]) => [start, end]) };
}
