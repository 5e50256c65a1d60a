import type { Token } from '@casebook/contracts';
import type { Span } from './contract.ts';

/** A paragraph as one string, and where in it each token stands. */
export class ParagraphText {
  readonly range: Span;
  readonly text: string;
  readonly #starts: readonly number[];
  readonly #ends: readonly number[];

  constructor(tokens: readonly Pick<Token, 'text' | 'spaceAfter' | 'empty'>[], range: Span) {
    const starts: number[] = [];
    const ends: number[] = [];
    let text = '';
    let between = '';
    for (const token of tokens.slice(range[0], range[1])) {
      text += between;
      starts.push(text.length);
      text += token.empty === true ? '∅' : token.text;
      ends.push(text.length);
      between = token.spaceAfter === false ? '' : ' ';
    }
    this.range = range;
    this.text = text;
    this.#starts = starts;
    this.#ends = ends;
  }

  /** Where the part of a span that is in this paragraph begins and ends in its text; null where there is none. */
  offsetsOf([start, end]: Span): Span | null {
    const [first, last] = [Math.max(start, this.range[0]), Math.min(end, this.range[1]) - 1];
    const from = this.#starts[first - this.range[0]];
    const to = this.#ends[last - this.range[0]];
    return from === undefined || to === undefined || first > last ? null : [from, to];
  }

  /** The token at a place in the text; of the space between two, the one before it. */
  tokenAt(offset: number): number {
    const next = this.#starts.findIndex((start) => start > offset);
    const index = (next === -1 ? this.#starts.length : next) - 1;
    return this.range[0] + Math.max(0, index);
  }
}

/** The paragraph that a token stands in. Paragraphs come in order. */
export function paragraphAt(paragraphs: readonly ParagraphText[], token: number): number {
  let [low, high] = [0, paragraphs.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((paragraphs[middle]?.range[0] ?? 0) <= token) low = middle;
    else high = middle - 1;
  }
  return low;
}
