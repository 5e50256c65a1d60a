import type { Import } from '@casebook/contracts';

/**
 * Whether lines were refused for not being UTF-8. Then lines that were read may be wrong too: bytes of another
 * encoding can happen to be UTF-8, and neighbours of a broken line may belong with it.
 */
export function isOtherwiseEncoded({ refusals }: Pick<Import, 'refusals'>): boolean {
  return refusals.some(({ reason }) => reason.endsWith('not UTF-8'));
}
