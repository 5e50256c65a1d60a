import type { TokenRange } from '@casebook/contracts';
import type { PlacedToken } from './tokenise.ts';

/** The tokens that lie between two offsets (UTF-16 units) of their text; `first` is the index of the first of them in the document. Null where there are none. */
export function rangeOf(
  tokens: readonly PlacedToken[],
  start: number,
  end: number,
  first = 0,
): TokenRange | null {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle]?.end ?? 0) <= start) low = middle + 1;
    else high = middle;
  }
  let after = low;
  while ((tokens[after]?.start ?? Infinity) < end) after += 1;
  return after > low ? [first + low, first + after] : null;
}
