import { folded } from '../find.ts';
import type { EntityId, MentionId } from './contract.ts';

/** What can be found: an entity, or a mention of which nothing was said. */
export type Candidate =
  | {
      readonly kind: 'entity';
      readonly id: EntityId;
      readonly number: number;
      readonly name: string;
      readonly type: string | null;
      readonly mentions: number;
      /** Another of its phrases, where that is the one found. */
      readonly alias: string | null;
    }
  | { readonly kind: 'mention'; readonly id: MentionId; readonly name: string };

export interface Searched {
  readonly candidate: Candidate;
  /** Its name and its mentions' phrases. */
  readonly phrases: () => readonly string[];
}

/**
 * What fits what was typed, the best first: a number that is it, a number that begins so, a whole phrase, a phrase's
 * beginning, a word's beginning, anywhere. Equals keep their order. Nothing typed: everything.
 */
export function found(searched: readonly Searched[], query: string): readonly Candidate[] {
  const wanted = folded(query);
  if (wanted === '') return searched.map(({ candidate }) => candidate);
  const ranked = searched.flatMap(({ candidate, phrases }) => {
    const byNumber = rankOfNumber(candidate, wanted);
    if (byNumber !== null) return [{ candidate, rank: byNumber }];
    let best: { phrase: string; rank: number } | null = null;
    for (const phrase of phrases()) {
      const rank = rankOfPhrase(foldedOnce(phrase), wanted);
      if (rank !== null && (best === null || rank < best.rank)) best = { phrase, rank };
    }
    if (best === null) return [];
    const aliased =
      candidate.kind === 'entity' && best.phrase !== candidate.name
        ? { ...candidate, alias: best.phrase }
        : candidate;
    return [{ candidate: aliased, rank: best.rank }];
  });
  return ranked.sort((one, other) => one.rank - other.rank).map(({ candidate }) => candidate);
}

function rankOfNumber(candidate: Candidate, wanted: string): number | null {
  if (candidate.kind !== 'entity' || !/^\d+$/u.test(wanted)) return null;
  const number = String(candidate.number);
  if (number === wanted) return -2;
  return number.startsWith(wanted) ? -1 : null;
}

function rankOfPhrase(phrase: string, wanted: string): number | null {
  if (phrase === wanted) return 0;
  const at = phrase.indexOf(wanted);
  if (at === -1) return null;
  if (at === 0) return 1;
  return phrase.includes(` ${wanted}`) ? 2 : 3;
}

const known = new Map<string, string>();

/** Phrases come again with every key that is typed. */
function foldedOnce(phrase: string): string {
  const before = known.get(phrase);
  if (before !== undefined) return before;
  if (known.size > 20_000) known.clear();
  const now = folded(phrase);
  known.set(phrase, now);
  return now;
}
