import { textWithOffsets } from '@casebook/contracts';
import type { DocumentContent } from '@casebook/contracts';
import { normalised } from '../document-editor/spans.ts';
import type { CorrectedSpan } from './contract.ts';

type Span = readonly [number, number];

const GRAPHEMES = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]/u;
const NOTHING = /^\s*$/u;

/** A text by its characters (Unicode code points), and where its tokens stand in it. */
export class WrittenText {
  readonly #characters: readonly string[];
  readonly #paragraphs: readonly Span[];
  /** In code points, one for each token. */
  readonly tokens: readonly Span[];

  constructor(document: Pick<DocumentContent, 'tokens' | 'paragraphs'>) {
    const { text, offsets } = textWithOffsets(document.tokens);
    this.#characters = Array.from(text);
    this.#paragraphs = document.paragraphs;
    this.tokens = offsets.tokens;
  }

  textOf(ranges: readonly Span[]): string {
    return ranges.map((range) => this.#between(range)).join(' … ');
  }

  spanOf(ranges: readonly Span[]): CorrectedSpan {
    const joined = this.joined(ranges);
    return { ranges: joined.map(([start, end]) => [start, end]), text: this.textOf(joined) };
  }

  /** Where ranges of tokens stand, in characters. */
  ofTokens(ranges: readonly Span[]): readonly Span[] {
    return normalised(ranges).flatMap(([first, end]) => {
      const [from, to] = [this.tokens[first], this.tokens[end - 1]];
      return from === undefined || to === undefined ? [] : [[from[0], to[1]] as const];
    });
  }

  /** The tokens that characters lie in: whole ones, where a border falls inside of one. */
  tokensOf(ranges: readonly Span[]): readonly Span[] {
    return normalised(
      ranges.flatMap(([start, end]) => {
        const first = this.tokens.findIndex((token) => token[1] > start);
        const last = this.tokens.findLastIndex((token) => token[0] < end);
        return first === -1 || last < first ? [] : [[first, last + 1] as const];
      }),
    );
  }

  /** Whether every border is one of a token. */
  keepsTokens(ranges: readonly Span[]): boolean {
    const [starts, ends] = [
      new Set(this.tokens.map(([start]) => start)),
      new Set(this.tokens.map(([, end]) => end)),
    ];
    return ranges.every(([start, end]) => starts.has(start) && ends.has(end));
  }

  /** Pieces in order, those joined that overlap or have only space between them. */
  joined(ranges: readonly Span[]): readonly Span[] {
    const pieces: Span[] = [];
    for (const piece of normalised(ranges)) {
      const last = pieces.at(-1);
      if (last !== undefined && NOTHING.test(this.#between([last[1], piece[0]])))
        pieces[pieces.length - 1] = [last[0], piece[1]];
      else pieces.push(piece);
    }
    return pieces;
  }

  /** The characters of the paragraphs that a phrase stands in: sections are cut between these. */
  boundsOf(phrase: readonly Span[]): Span {
    const [first, last] = [phrase[0]?.[0] ?? 0, (phrase.at(-1)?.[1] ?? 1) - 1];
    const around = (token: number): Span | undefined =>
      this.#paragraphs.find(([start, end]) => start <= token && token < end);
    const [bounds] = this.ofTokens([[around(first)?.[0] ?? 0, around(last)?.[1] ?? this.tokens.length]]);
    return bounds ?? [0, this.#characters.length];
  }

  /** What is read as one character each, by its code points; spaces left out. */
  charactersWithin([start, end]: Span): readonly Span[] {
    const read: Span[] = [];
    let at = start;
    for (const { segment } of GRAPHEMES.segment(this.#between([start, end]))) {
      const next = at + Array.from(segment).length;
      if (!NOTHING.test(segment)) read.push([at, next]);
      at = next;
    }
    return read;
  }

  /** Whether the words around a phrase are written without spaces, so that tokens say little of what is a word. */
  isUnspaced([start, end]: Span): boolean {
    return UNSPACED.test(this.#between([start, end]));
  }

  /** Whether a character is a space. */
  isBlank(at: number): boolean {
    return NOTHING.test(this.#characters[at] ?? '');
  }

  #between([start, end]: Span): string {
    return this.#characters.slice(start, end).join('');
  }
}
