import type { Token } from '@casebook/contracts';
import { folded } from '../find.ts';
import type { Span } from './contract.ts';

/** Finds words in a text, whatever their case and accents. */
export class TextSearch {
  readonly #text: string;
  readonly #starts: readonly number[];

  constructor(tokens: readonly Pick<Token, 'text' | 'spaceAfter'>[]) {
    const starts: number[] = [];
    let text = '';
    for (const token of tokens) {
      starts.push(text.length);
      text += folded(token.text) + (token.spaceAfter === false ? '' : ' ');
    }
    this.#text = text;
    this.#starts = starts;
  }

  /** The tokens that each find touches, in order; at most `limit` of them. */
  find(query: string, limit: number): readonly Span[] {
    const wanted = folded(query).replace(/\s+/gu, ' ');
    const spans: Span[] = [];
    if (wanted === '') return spans;
    let at = this.#text.indexOf(wanted);
    while (at !== -1 && spans.length < limit) {
      spans.push([this.#tokenAt(at), this.#tokenAt(at + wanted.length - 1) + 1]);
      at = this.#text.indexOf(wanted, at + wanted.length);
    }
    return spans;
  }

  #tokenAt(offset: number): number {
    let [low, high] = [0, this.#starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
