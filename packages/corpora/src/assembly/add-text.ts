import type { DocumentDraft } from './document-draft.ts';
import type { PlacedToken, Tokeniser } from '../text/tokenise.ts';

/**
 * Adds running text to a document, sentence by sentence.
 *
 * @returns where each new token lies in the text, in UTF-16 units.
 */
export function addText(
  draft: DocumentDraft,
  text: string,
  line: number,
  tokeniser: Tokeniser,
  cuts?: ReadonlySet<number>,
  speaker: string | null = null,
): PlacedToken[] {
  const all: PlacedToken[] = [];
  for (const sentence of tokeniser.sentences(text, cuts)) {
    for (const token of sentence) {
      draft.addToken({ text: token.text, ...(token.spaceAfter ? {} : { spaceAfter: false as const }) }, line);
      all.push(token);
    }
    draft.endSentence(speaker);
  }
  return all;
}
