import type { DocumentContent } from '@casebook/contracts';

/** Every chain as its mentions' ranges, `name: [0,2) [5,6)`, in the order of the content: what a coreference format must keep. */
export function chainsShown(content: DocumentContent): string[] {
  const ranges = new Map(
    content.mentions.map(({ id, ranges: own }) => [
      id,
      own.map(([start, end]) => `[${start},${end})`).join('+'),
    ]),
  );
  return content.chains.map(
    (chain) => `${chain.id}: ${chain.mentions.map((id) => ranges.get(id) ?? '?').join(' ')}`,
  );
}

/** The words of a document, as the format gives them. */
export function wordsOf(content: DocumentContent): string[] {
  return content.tokens.map((token) => token.text);
}
