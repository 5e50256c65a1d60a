import type { ChangePhrases, ReviewedPhrase, TokenRange } from '@casebook/contracts';
import { Unprocessable } from '../errors.ts';

/** As many phrases as a document may have, proposed and made together. */
const MOST = 100_000;

/**
 * The phrases of a review after changes. What was proposed, and by which rule, is not the reviewer's to change; a new
 * id is a phrase of the reviewer's own.
 *
 * @throws Unprocessable for ranges that the document does not hold, and for two standing phrases over the same words.
 */
export function changedPhrases(
  phrases: readonly ReviewedPhrase[],
  changes: ChangePhrases['changes'],
  tokens: number,
): ReviewedPhrase[] {
  const byId = new Map(phrases.map((phrase) => [phrase.id, phrase]));
  for (const { id, ranges, verdict } of changes) {
    const fault = faultOf(ranges, tokens);
    if (fault !== null) throw new Unprocessable('wrong-ranges', `Phrase ${id}: ${fault}.`);
    byId.set(id, { id, proposed: byId.get(id)?.proposed ?? null, ranges, verdict });
  }
  if (byId.size > MOST) throw new Unprocessable('too-many', 'There are too many phrases.');
  const places = new Map<string, string>();
  for (const { id, ranges, verdict } of byId.values()) {
    if (verdict === 'rejected') continue;
    const place = ranges.join(' ');
    const other = places.get(place);
    if (other !== undefined)
      throw new Unprocessable('same-words', `Phrases ${other} and ${id} hold the same words.`);
    places.set(place, id);
  }
  return [...byId.values()];
}

function faultOf(ranges: readonly TokenRange[], tokens: number): string | null {
  let before = -1;
  for (const [start, end] of ranges) {
    if (end > tokens) return `the text ends after token ${String(tokens)}`;
    if (start <= before) return 'its parts are out of order, or touch';
    before = end;
  }
  return null;
}
