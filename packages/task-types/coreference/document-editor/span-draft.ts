import type { MentionId, Span } from './contract.ts';
import { normalised } from './spans.ts';

/** What a stretch of text is being chosen for. */
export type SpanPurpose =
  | { readonly kind: 'make' }
  | { readonly kind: 'respan' | 'head' | 'minimum' | 'deixis'; readonly mention: MentionId };

/** A stretch of text that is being chosen, by its first and last token; both count. */
export interface SpanDraft {
  readonly purpose: SpanPurpose;
  /** Pieces that are finished, for what is discontinuous. */
  readonly kept: readonly Span[];
  readonly anchor: number;
  readonly focus: number;
}

/** The tokens of the draft: in order, not touching. */
export function rangesOfDraft({ kept, anchor, focus }: SpanDraft): readonly Span[] {
  return normalised([...kept, [Math.min(anchor, focus), Math.max(anchor, focus) + 1]]);
}

/** The span of a mention, to be changed at its last piece; null for a mention of no tokens. */
export function draftOfSpan(mention: MentionId, ranges: readonly Span[]): SpanDraft | null {
  const last = ranges.at(-1);
  return last === undefined
    ? null
    : {
        purpose: { kind: 'respan', mention },
        kept: ranges.slice(0, -1),
        anchor: last[0],
        focus: last[1] - 1,
      };
}

/** A draft with one end moved by so many tokens, inside the bounds: `[first, end)`. */
export function extended(draft: SpanDraft, end: 'start' | 'end', by: number, [first, last]: Span): SpanDraft {
  const [low, high] = [Math.min(draft.anchor, draft.focus), Math.max(draft.anchor, draft.focus)];
  const clamped = (token: number): number => Math.min(Math.max(token, first), last - 1);
  return end === 'start'
    ? { ...draft, anchor: Math.min(clamped(low + by), high), focus: high }
    : { ...draft, anchor: low, focus: Math.max(clamped(high + by), low) };
}

/** A draft of one token, so many after the last or before the first of it. */
export function shifted(draft: SpanDraft, by: number, [first, last]: Span): SpanDraft {
  const at = by < 0 ? Math.min(draft.anchor, draft.focus) : Math.max(draft.anchor, draft.focus);
  const token = Math.min(Math.max(at + by, first), last - 1);
  return { ...draft, anchor: token, focus: token };
}

/**
 * A draft of the whole sentence so many after the one that the draft begins in; or, where it is to grow, of all from
 * the beginning of that sentence to where the draft or the sentence ends. Null where there are no sentences.
 */
export function overSentence(
  draft: SpanDraft,
  by: number,
  grows: boolean,
  sentences: readonly Span[],
): SpanDraft | null {
  const here = sentences.findLastIndex(([start]) => start <= Math.min(draft.anchor, draft.focus));
  const to = sentences[Math.min(Math.max(here + by, 0), sentences.length - 1)];
  if (to === undefined) return null;
  const high = Math.max(draft.anchor, draft.focus);
  return { ...draft, anchor: to[0], focus: grows ? Math.max(high, to[1] - 1) : to[1] - 1 };
}

/** A draft whose piece is finished, and the next begun on the token after the next. */
export function anotherPiece(draft: SpanDraft, tokens: number): SpanDraft {
  const kept = rangesOfDraft(draft);
  const end = kept.at(-1)?.[1] ?? 0;
  const token = Math.min(end + 1, tokens - 1);
  return { ...draft, kept, anchor: token, focus: token };
}
