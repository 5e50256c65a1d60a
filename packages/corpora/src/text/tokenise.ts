/** A token in a text; offsets are UTF-16 units of that text. */
export interface PlacedToken {
  text: string;
  start: number;
  end: number;
  /** Whether white space, or the end of the text, follows. */
  spaceAfter: boolean;
}

/** The language whose rules are used where none is given; without it the machine's own would be. */
const DEFAULT_LANGUAGE = 'en';

const INITIAL = /(?:^|[\s.(])\p{Lu}\.\s*$/u;
const ABBREVIATION =
  /(?:^|[\s(“"'])(?:Mr|Mrs|Ms|Mme|Mlle|Dr|Prof|St|Rev|Hon|Gen|Col|Capt|Lt|Sgt|Messrs|Jr|Sr|vs|cf|e\.g|i\.e)\.\s*$/u;

/** Cuts text into sentences of tokens by Unicode's rules (UAX 29, `Intl.Segmenter`). */
export class Tokeniser {
  readonly #sentences: Intl.Segmenter;
  readonly #words: Intl.Segmenter;

  /** @param language a BCP 47 tag; throws RangeError where it is malformed. */
  constructor(language: string = DEFAULT_LANGUAGE) {
    this.#sentences = new Intl.Segmenter(language, { granularity: 'sentence' });
    this.#words = new Intl.Segmenter(language, { granularity: 'word' });
  }

  /**
   * The sentences of a text, each with its tokens; white space is in none. A sentence does not end behind an
   * initial or a common English title. `cuts` are offsets where a token must end, so that what is marked by
   * characters falls on whole tokens.
   */
  *sentences(text: string, cuts: ReadonlySet<number> = new Set()): Generator<PlacedToken[]> {
    let waiting = '';
    let start = 0;
    for (const { segment, index } of this.#sentences.segment(text)) {
      if (waiting === '') start = index;
      waiting += segment;
      if (INITIAL.test(waiting) || ABBREVIATION.test(waiting)) continue;
      yield* this.#nonEmpty(waiting, start, text, cuts);
      waiting = '';
    }
    if (waiting !== '') yield* this.#nonEmpty(waiting, start, text, cuts);
  }

  *#nonEmpty(
    sentence: string,
    offset: number,
    text: string,
    cuts: ReadonlySet<number>,
  ): Generator<PlacedToken[]> {
    const tokens: PlacedToken[] = [];
    for (const { segment, index } of this.#words.segment(sentence)) {
      if (!/\S/u.test(segment)) continue;
      tokens.push(...placed(segment, offset + index, text, cuts));
    }
    if (tokens.length > 0) yield tokens;
  }
}

function placed(segment: string, start: number, text: string, cuts: ReadonlySet<number>): PlacedToken[] {
  const tokens: PlacedToken[] = [];
  let from = 0;
  for (let at = 1; at <= segment.length; at += 1) {
    if (at < segment.length && !cuts.has(start + at)) continue;
    for (const match of segment.slice(from, at).matchAll(/\S+/gu)) {
      const first = start + from + match.index;
      const end = first + match[0].length;
      tokens.push({
        text: match[0],
        start: first,
        end,
        spaceAfter: end >= text.length || /\s/u.test(text[end] ?? ''),
      });
    }
    from = at;
  }
  return tokens;
}
