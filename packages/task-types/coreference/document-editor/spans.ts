import type { Span } from './contract.ts';

/** Spans in order, without overlaps, and joined where they touch. */
export function normalised(spans: readonly Span[]): readonly Span[] {
  const sorted = [...spans].sort((one, other) => one[0] - other[0] || one[1] - other[1]);
  const joined: Span[] = [];
  for (const [start, end] of sorted) {
    const last = joined.at(-1);
    if (last !== undefined && start <= last[1]) joined[joined.length - 1] = [last[0], Math.max(last[1], end)];
    else joined.push([start, end]);
  }
  return joined;
}

/** Why these cannot be a mention's spans in a text of so many tokens; null where they can. */
export function faultOfSpans(spans: readonly Span[], tokens: number): string | null {
  if (spans.length === 0) return 'it holds no token';
  let before = -1;
  for (const [start, end] of spans) {
    if (!Number.isInteger(start) || !Number.isInteger(end) || start < 0 || end <= start)
      return `${start} to ${end} is no span of tokens`;
    if (end > tokens) return `the text ends after token ${tokens}`;
    if (start <= before) return 'its parts are out of order, or touch';
    before = end;
  }
  return null;
}

export function sameSpans(one: readonly Span[], other: readonly Span[]): boolean {
  return (
    one.length === other.length &&
    one.every(([start, end], index) => start === other[index]?.[0] && end === other[index][1])
  );
}

export function holdsToken(spans: readonly Span[], token: number): boolean {
  return spans.some(([start, end]) => start <= token && token < end);
}

/** Whether one of the spans holds all of the other. */
export function holdsSpan(spans: readonly Span[], [from, to]: Span): boolean {
  return spans.some(([start, end]) => start <= from && to <= end);
}
