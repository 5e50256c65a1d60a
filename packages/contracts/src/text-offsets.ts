import type { Token } from './document.ts';

/** A text as it is read, and where its tokens stand in it. */
export interface TextWithOffsets {
  readonly text: string;
  readonly offsets: {
    /** Unicode code points, as Python counts; not UTF-16 units, as JavaScript does. */
    readonly unit: 'code point';
    /** Half open, `[start, end)`, one for each token. */
    readonly tokens: readonly (readonly [number, number])[];
  };
}

/** Puts tokens together as their document has them, with spaces where the source has them. */
export function textWithOffsets(tokens: readonly Token[]): TextWithOffsets {
  const offsets: (readonly [number, number])[] = [];
  const pieces: string[] = [];
  let at = 0;
  for (const [index, token] of tokens.entries()) {
    const end = at + lengthOf(token.text);
    offsets.push([at, end]);
    const spaced = index + 1 < tokens.length && token.spaceAfter !== false;
    pieces.push(spaced ? `${token.text} ` : token.text);
    at = spaced ? end + 1 : end;
  }
  return { text: pieces.join(''), offsets: { unit: 'code point', tokens: offsets } };
}

function lengthOf(text: string): number {
  let length = 0;
  for (const _character of text) length += 1;
  return length;
}
