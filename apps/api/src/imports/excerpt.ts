import type { DocumentContent, ItemContent } from '@casebook/contracts';

const SHOWN_TOKENS = 300;

/** An item as a preview shows it: of a long document the first sentences, with the mentions that stand in them. */
export function excerptOf(content: ItemContent): ItemContent {
  if (content.kind !== 'document' || content.document.tokens.length <= SHOWN_TOKENS) return content;
  return { kind: 'document', document: beginningOf(content.document) };
}

function beginningOf(document: DocumentContent): DocumentContent {
  const within = document.sentences.filter(([, sentenceEnd]) => sentenceEnd <= SHOWN_TOKENS);
  const end = within.at(-1)?.[1] ?? SHOWN_TOKENS;
  const cut = (ranges: DocumentContent['sentences']) =>
    ranges
      .filter(([start]) => start < end)
      .map(([start, rangeEnd]): [number, number] => [start, Math.min(rangeEnd, end)]);
  const mentions = document.mentions.filter(({ ranges }) => ranges.every(([, last]) => last <= end));
  const shown = new Set(mentions.map(({ id }) => id));
  const sentences = cut(document.sentences);
  const { links: _links, speakers, ...rest } = document;
  return {
    ...rest,
    tokens: document.tokens.slice(0, end),
    sentences,
    paragraphs: cut(document.paragraphs),
    ...(speakers === undefined ? {} : { speakers: speakers.slice(0, sentences.length) }),
    mentions,
    chains: document.chains
      .map((chain) => ({ ...chain, mentions: chain.mentions.filter((id) => shown.has(id)) }))
      .filter((chain) => chain.mentions.length > 0),
  };
}
