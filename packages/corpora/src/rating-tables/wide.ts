import type { PairReadEvent, PairTable } from '../events.ts';
import type { RatedWordPair, RatingTableRead } from './rating-table.ts';

const TAG = /-([nvjarNVJAR])$/u;

/** A table with one row a pair; its first bad row refuses it. */
export async function wideTable(events: AsyncIterable<PairReadEvent>): Promise<RatingTableRead> {
  const pairs: RatedWordPair[] = [];
  const gold: (number | null)[] = [];
  const ratings: (number | null)[][] = [];
  let understood: PairTable | null = null;
  for await (const event of events) {
    if (event.kind === 'refused') return event;
    if (event.kind === 'understood') {
      understood = event.table;
      continue;
    }
    const { word1, word2, partOfSpeech } = event.pair;
    pairs.push({ word1, word2, line: event.line, ...(partOfSpeech === undefined ? {} : { partOfSpeech }) });
    gold.push(event.pair.gold ?? null);
    ratings.push([...(event.pair.ratings ?? [])]);
  }
  const columns = understood?.columns ?? [];
  return {
    kind: 'read',
    layout: 'wide',
    checks: null,
    table: {
      pairs: withoutTags(pairs),
      gold: columns.some(({ role }) => role === 'gold') ? gold : null,
      raters: columns.filter(({ role }) => role === 'rating').map(({ name }) => name),
      ratings,
      namesPersons: false,
      events: null,
    },
  };
}

/** Words as MEN's lemma list writes them, `sun-n`, without their tag; only where all words have one. */
function withoutTags(pairs: readonly RatedWordPair[]): readonly RatedWordPair[] {
  if (pairs.length === 0 || !pairs.every(({ word1, word2 }) => TAG.test(word1) && TAG.test(word2)))
    return pairs;
  return pairs.map((pair) => ({
    ...pair,
    word1: pair.word1.replace(TAG, ''),
    word2: pair.word2.replace(TAG, ''),
    partOfSpeech: `${TAG.exec(pair.word1)?.[1] ?? ''}-${TAG.exec(pair.word2)?.[1] ?? ''}`,
  }));
}
