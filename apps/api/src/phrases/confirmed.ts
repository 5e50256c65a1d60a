import { inReadingOrder } from '@casebook/contracts';
import type { DocumentContent, Mention, ReviewedPhrase } from '@casebook/contracts';

/**
 * A document with the phrases of its review as markables, in reading order, each saying where it comes from. Those that
 * nobody has looked at are taken too, as unreviewed.
 */
export function withMarkables(
  document: DocumentContent,
  phrases: readonly ReviewedPhrase[],
  chunker: string,
  reviewer: string,
): DocumentContent {
  const mentions = phrases
    .filter(({ verdict }) => verdict !== 'rejected')
    .sort(inReadingOrder)
    .map((phrase, index): Mention => ({
      id: `m${String(index + 1)}`,
      ranges: phrase.ranges,
      origin: originOf(phrase, chunker, reviewer),
    }));
  return { ...document, mentions };
}

function originOf(
  { proposed, ranges, verdict }: ReviewedPhrase,
  chunker: string,
  reviewer: string,
): NonNullable<Mention['origin']> {
  if (proposed === null) return { kind: 'made', reviewer };
  return {
    kind: 'proposed',
    by: chunker,
    rule: proposed.rule,
    ...(proposed.ranges.join(' ') === ranges.join(' ') ? {} : { mended: true }),
    reviewer: verdict === 'open' ? null : reviewer,
  };
}
