import type { EitherAnswer } from '../contract.ts';
import { correctionOf } from '../kinds.ts';
import type { CorrectedSpan } from './contract.ts';

/**
 * The borders that an adjudicator gave a phrase, by what he kept, the heaviest first; null where he left those shown,
 * or decided nothing.
 */
export function adoptedSpan([heaviest]: readonly EitherAnswer[]): CorrectedSpan | null {
  return heaviest === undefined ? null : correctionOf(heaviest);
}
