import type { KeyHelp } from '../task-type-web.ts';
import { blockKeyHelp, capOf, type BlockWords, type Press } from '../web/block/keys.ts';
import type { BestWorstProtocol } from './contract.ts';

export const BLOCK_WORDS: BlockWords = {
  unit: 'tuple',
  answer: 'choice',
  unknown: 'I don’t know one of these words',
};

export type Role = 'best' | 'worst';

/** What is chosen of a tuple so far: places from 1. */
export interface Picks {
  readonly best: number | null;
  readonly worst: number | null;
}

export const NOTHING_PICKED: Picks = { best: null, worst: null };

/**
 * Chooses a pair: for the role that is named, else for the one that is still open, the best first. What is chosen
 * already is taken back, by whichever of the two.
 */
export function pick(picks: Picks, place: number, role?: Role): Picks {
  if (role === undefined) {
    if (picks.best === place) return { ...picks, best: null };
    if (picks.worst === place) return { ...picks, worst: null };
    return picks.best === null ? { ...picks, best: place } : { ...picks, worst: place };
  }
  if (picks[role] === place) return { ...picks, [role]: null };
  const other = role === 'best' ? 'worst' : 'best';
  // A pair that was the one can't stay it as it becomes the other.
  return { ...picks, [other]: picks[other] === place ? null : picks[other], [role]: place };
}

/** The pair that a press is on, and with Shift that it is the worst; null where it is on none. */
export function placeOf(press: Press, size: number): { readonly place: number; readonly role?: Role } | null {
  const cap = capOf(press);
  const place = cap !== null && /^\d$/u.test(cap) ? Number(cap) : 0;
  if (place < 1 || place > size) return null;
  return press.shiftKey ? { place, role: 'worst' } : { place };
}

export function bestWorstKeys({ tupleSize, bestLabel, worstLabel }: BestWorstProtocol): readonly KeyHelp[] {
  return [
    {
      keys: `1 – ${tupleSize}`,
      does: `Choose a pair: first the one that is ${bestLabel}, then the one that is ${worstLabel}. The same key again takes it back`,
    },
    { keys: `Shift 1 – ${tupleSize}`, does: `Choose the pair that is ${worstLabel} at once` },
    ...blockKeyHelp(BLOCK_WORDS),
  ];
}
