import type { DocumentContent } from '@casebook/contracts';

/** A document as running text, and where its tokens lie in it: offsets in code points. */
export interface Layout {
  text: string;
  starts: number[];
  /** Equal to the start for an empty node, which the text does not hold. */
  ends: number[];
}

export interface LayoutStyle {
  /** Between the sentences of a paragraph; `space` is left out where the source has none there. */
  sentences: 'space' | 'newline';
}

/** Lays a document out as text: tokens with their spaces, paragraphs with a blank line between them. */
export function layOut(content: DocumentContent, style: LayoutStyle): Layout {
  const sentenceEnds = new Set(content.sentences.map(([, end]) => end));
  const paragraphEnds = new Set(content.paragraphs.map(([, end]) => end));
  const starts: number[] = [];
  const ends: number[] = [];
  const parts: string[] = [];
  let length = 0;
  let between = '';
  for (const [index, token] of content.tokens.entries()) {
    if (token.empty === true) {
      starts.push(length);
      ends.push(length);
    } else {
      const text = token.text.replace(/[\r\n]/gu, ' ');
      parts.push(between, text);
      starts.push(length + between.length);
      length += between.length + codePoints(text);
      ends.push(length);
      between = token.spaceAfter === false ? '' : ' ';
    }
    if (sentenceEnds.has(index + 1) && style.sentences === 'newline') between = '\n';
    if (paragraphEnds.has(index + 1)) between = '\n\n';
  }
  if (length > 0) parts.push('\n');
  return { text: parts.join(''), starts, ends };
}

/** How many characters (Unicode code points) a text has. */
function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
