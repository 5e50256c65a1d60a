import type { DocumentContent } from '@casebook/contracts';

type Range = readonly [number, number];

/** Longer paragraphs than this, in tokens, are broken where they are shown. */
const LONGEST = 320;
/** What a broken paragraph's parts come to, in tokens. */
const COMFORTABLE = 140;

/**
 * Paragraphs as they are shown. Many formats of the field keep no paragraphs, so that a whole book is one: such a
 * wall is broken between sentences. Paragraphs that a person wrote are left alone.
 */
export function displayParagraphs({
  paragraphs,
  sentences,
}: Pick<DocumentContent, 'paragraphs' | 'sentences'>): readonly Range[] {
  return paragraphs.flatMap((paragraph) =>
    paragraph[1] - paragraph[0] > LONGEST ? broken(paragraph, sentences) : [paragraph],
  );
}

function broken([start, end]: Range, sentences: readonly Range[]): Range[] {
  const parts: Range[] = [];
  let from = start;
  for (const [begin] of sentences) {
    if (begin <= from || begin >= end) continue;
    // The rest must not be left a few words long.
    if (begin - from < COMFORTABLE || end - begin < COMFORTABLE / 2) continue;
    parts.push([from, begin]);
    from = begin;
  }
  return [...parts, [from, end]];
}
