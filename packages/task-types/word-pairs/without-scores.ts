import type { ItemContent } from '@casebook/contracts';

/** The two words and their part of speech, without anybody's score. */
export function withoutScores(content: ItemContent): ItemContent {
  if (content.kind !== 'word-pair') return content;
  const { gold: _gold, ratings: _ratings, ...pair } = content.pair;
  return { kind: 'word-pair', pair };
}
