/** The two ways in which a sentence was cut into tokens, each in terms of the document's tokens. */
export interface Alignment {
  /** The document's tokens: the gold ones, cut at hyphens between letters. */
  words: { text: string; spaceAfter: boolean }[];
  /** Where each gold token begins, and the end of the last, in `words`. */
  gold: number[];
  /** The range in `words` of each token that the coders' offsets count. */
  coders: [start: number, end: number][];
}

/**
 * Aligns the gold tokens of a sentence with those that the coders' offsets count. The annotation tool cut its text
 * anew: hyphens between letters stand alone (`full-grown` is three tokens), and a closing quote right behind a dash
 * belongs to it. Found by comparing the published files, where so cut no span leaves its sentence.
 */
export function align(tokens: readonly string[]): Alignment {
  const words: Alignment['words'] = [];
  const gold: number[] = [];
  for (const token of tokens) {
    gold.push(words.length);
    const pieces = token.split(/(?<=[A-Za-z])(--|[-–—])(?=[A-Za-z])/u);
    for (const [index, text] of pieces.entries())
      words.push({ text, spaceAfter: index + 1 === pieces.length });
  }
  gold.push(words.length);
  const coders: [number, number][] = [];
  for (const [index, { text }] of words.entries()) {
    const last = coders.at(-1);
    if (last !== undefined && text === '’' && words[index - 1]?.text === '--') last[1] = index + 1;
    else coders.push([index, index + 1]);
  }
  return { words, gold, coders };
}
