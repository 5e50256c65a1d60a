import type { Token, TokenRange } from '@casebook/contracts';

/** How ranges of one cutting of a text are said in another cutting of the same text. */
export type TokenAlignment =
  | {
      readonly kind: 'aligned';
      /** The same words in the other's tokens; null where a range begins or ends within one of them. */
      readonly rangeOf: (range: TokenRange) => TokenRange | null;
    }
  /** The texts part at a token of the first, counted from 0. */
  | { readonly kind: 'differs'; readonly at: number; readonly found: string; readonly expected: string };

/** What treebanks write for brackets and quotes. */
const SPELLINGS: ReadonlyMap<string, string> = new Map([
  ['-LRB-', '('],
  ['-RRB-', ')'],
  ['-LSB-', '['],
  ['-RSB-', ']'],
  ['-LCB-', '{'],
  ['-RCB-', '}'],
  ['``', '"'],
  ["''", '"'],
]);

/** A token as two cuttings of a text are compared by it; empty nodes stand for no characters. */
function compared({ text, empty }: Token): string {
  if (empty === true) return '';
  return (SPELLINGS.get(text) ?? text)
    .normalize('NFC')
    .replace(/[“”]/gu, '"')
    .replace(/[‘’]/gu, "'")
    .replace(/\s/gu, '');
}

/** Where each token begins in the text without spaces, and the end of the last: UTF-16 units. */
function startsOf(texts: readonly string[]): number[] {
  const starts = [0];
  let at = 0;
  for (const text of texts) starts.push((at += text.length));
  return starts;
}

/**
 * Aligns two cuttings of a text into tokens by its characters; spaces, forms of quotes and a treebank's brackets do
 * not count. Texts that are not the same are not aligned at all: what follows a difference would be guessed.
 */
export function alignTokens(source: readonly Token[], target: readonly Token[]): TokenAlignment {
  const [from, to] = [source.map(compared), target.map(compared)];
  const [text, wanted] = [from.join(''), to.join('')];
  const [sourceStarts, targetStarts] = [startsOf(from), startsOf(to)];
  if (text !== wanted) {
    let same = 0;
    while (same < text.length && text[same] === wanted[same]) same += 1;
    const at = Math.min(lastAtOrBefore(sourceStarts, same), Math.max(source.length - 1, 0));
    const there = Math.min(lastAtOrBefore(targetStarts, same), Math.max(target.length - 1, 0));
    return { kind: 'differs', at, found: source[at]?.text ?? '', expected: target[there]?.text ?? '' };
  }
  if (from.length === to.length && from.every((word, at) => word === to[at]))
    return { kind: 'aligned', rangeOf: (range) => range };
  const [startAt, endAt] = [new Map<number, number>(), new Map<number, number>()];
  for (const [at, word] of to.entries()) {
    if (word === '') continue;
    startAt.set(targetStarts[at] ?? 0, at);
    endAt.set(targetStarts[at + 1] ?? 0, at + 1);
  }
  return {
    kind: 'aligned',
    rangeOf: ([start, end]) => {
      const [first, last] = [startAt.get(sourceStarts[start] ?? -1), endAt.get(sourceStarts[end] ?? -1)];
      return first === undefined || last === undefined || first >= last ? null : [first, last];
    },
  };
}

/** The last place whose start is no further than a position. */
function lastAtOrBefore(starts: readonly number[], position: number): number {
  return Math.max(
    starts.findLastIndex((start) => start <= position),
    0,
  );
}
