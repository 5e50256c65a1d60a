import { anotherPiece, draftOfSpan, extended, rangesOfDraft } from '../document-editor/span-draft.ts';
import type { SpanDraft } from '../document-editor/span-draft.ts';
import type { CorrectedSpan } from './contract.ts';
import type { WrittenText } from './written-text.ts';

type Span = readonly [number, number];

/** How far one step moves a border. */
export type BorderStep = 'token' | 'character';

/**
 * The places where a phrase's borders may fall, and steps from one to the next. Drafts count cells: the tokens of the
 * phrase's paragraphs, or where borders may fall anywhere their characters as they are read, spaces left out.
 */
export class BorderSteps {
  readonly #text: WrittenText;
  readonly #cells: readonly Span[];

  constructor(text: WrittenText, shown: readonly Span[], by: BorderStep) {
    this.#text = text;
    const [first, end] = text.boundsOf(shown);
    this.#cells =
      by === 'token'
        ? text.tokens.filter(([from, to]) => from >= first && to <= end)
        : text.charactersWithin([first, end]);
  }

  /** A draft of borders that stand in the text already; null where they hold nothing of it. */
  begin(key: string, ranges: readonly Span[]): SpanDraft | null {
    const cells = ranges.flatMap(([start, end]) => {
      const first = this.#cells.findIndex((cell) => cell[1] > start);
      const last = this.#cells.findLastIndex((cell) => cell[0] < end);
      return first === -1 || last < first ? [] : [[first, last + 1] as const];
    });
    return draftOfSpan(key, cells);
  }

  /** One border a step on or back, as far as the paragraph goes and as long as something is left between them. */
  moved(draft: SpanDraft, end: 'start' | 'end', by: 1 | -1, step: BorderStep): SpanDraft {
    const low = Math.min(draft.anchor, draft.focus);
    const high = Math.max(draft.anchor, draft.focus);
    let at = (end === 'start' ? low : high) + by;
    if (step === 'token') while (this.#cells[at] !== undefined && !this.#isBorderOfToken(at, end)) at += by;
    const crosses = end === 'start' ? at > high : at < low;
    if (crosses || this.#cells[at] === undefined) return draft;
    return extended(draft, end, at - (end === 'start' ? low : high), [0, this.#cells.length]);
  }

  anotherPiece(draft: SpanDraft): SpanDraft {
    return anotherPiece(draft, this.#cells.length);
  }

  spanOf(draft: SpanDraft): CorrectedSpan {
    return this.#text.spanOf(
      rangesOfDraft(draft).map(([first, end]) => [
        this.#cells[first]?.[0] ?? 0,
        this.#cells[end - 1]?.[1] ?? 0,
      ]),
    );
  }

  #isBorderOfToken(cell: number, end: 'start' | 'end'): boolean {
    const side = end === 'start' ? 0 : 1;
    const place = this.#cells[cell]?.[side];
    return this.#text.tokens.some((token) => token[side] === place);
  }
}
