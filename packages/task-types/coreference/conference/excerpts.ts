type Range = readonly [number, number];

/** A stretch of a text with one or more of the phrases that a reading speaks of. */
export interface Excerpt {
  /** Tokens, half open. */
  readonly range: Range;
  /** The paragraph in which it begins, from 1. */
  readonly paragraph: number;
  /** Whether its sentence goes on before and behind it. */
  readonly cutBefore: boolean;
  readonly cutBehind: boolean;
}

/** How many tokens of a long sentence are shown on either side of a phrase. */
const REACH = 30;

/**
 * What to show where phrases are too far apart for one screen: the sentence of each, long ones cut around it;
 * stretches that touch are one. In the order of the text.
 */
export function excerptsAround(
  { sentences, paragraphs }: { readonly sentences: readonly Range[]; readonly paragraphs: readonly Range[] },
  phrases: readonly (readonly Range[])[],
  reach: number = REACH,
): readonly Excerpt[] {
  const stretches = phrases
    .flatMap((ranges) => {
      const [start, end] = [ranges[0]?.[0], ranges.at(-1)?.[1]];
      if (start === undefined || end === undefined) return [];
      const from = sentences.findLast(([begin]) => begin <= start)?.[0] ?? 0;
      const to = sentences.find(([, stop]) => stop >= end)?.[1] ?? end;
      return [{ start: Math.max(from, start - reach), end: Math.min(to, end + reach) }];
    })
    .sort((one, other) => one.start - other.start);
  const merged: { start: number; end: number }[] = [];
  for (const stretch of stretches) {
    const last = merged.at(-1);
    if (last !== undefined && stretch.start <= last.end) last.end = Math.max(last.end, stretch.end);
    else merged.push({ ...stretch });
  }
  return merged.map(({ start, end }) => ({
    range: [start, end],
    paragraph: Math.max(1, paragraphs.findLastIndex(([begin]) => begin <= start) + 1),
    cutBefore: sentences.some(([begin, stop]) => begin < start && start < stop),
    cutBehind: sentences.some(([begin, stop]) => begin < end && end < stop),
  }));
}
