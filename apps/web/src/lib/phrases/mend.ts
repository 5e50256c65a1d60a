import type { ReviewedPhrase, TokenRange } from '@casebook/contracts';

type Ranges = ReviewedPhrase['ranges'];

/** Ranges with one outer end moved by so many tokens; null where that leaves no token, meets another part, or leaves the text. */
export function withEndMoved(
  ranges: Ranges,
  end: 'start' | 'end',
  by: number,
  tokens: number,
): Ranges | null {
  const index = end === 'start' ? 0 : ranges.length - 1;
  const range = ranges[index];
  if (range === undefined) return null;
  const moved: TokenRange = end === 'start' ? [range[0] + by, range[1]] : [range[0], range[1] + by];
  if (moved[0] < 0 || moved[1] > tokens || moved[0] >= moved[1]) return null;
  return ranges.map((one, place) => (place === index ? moved : one));
}

/** Ranges moved as a whole; null where they would leave the text. */
export function shifted(ranges: Ranges, by: number, tokens: number): Ranges | null {
  const first = ranges[0]?.[0] ?? 0;
  const last = ranges.at(-1)?.[1] ?? 0;
  if (first + by < 0 || last + by > tokens) return null;
  return ranges.map(([start, end]): TokenRange => [start + by, end + by]);
}

export function sameRanges(one: Ranges, other: Ranges): boolean {
  return one.join(' ') === other.join(' ');
}
