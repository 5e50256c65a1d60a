import { chainOfMention } from '../assembly/chain-of-mention.ts';
import { spansOf } from '../conll-2012/spans.ts';
import type { WritableDocument, Written } from '../export.ts';
import { counted } from '../export.ts';

/**
 * Writes one document as a line of JSON with `doc_key`, `sentences`, `speakers`, `paragraphs` and `clusters` of
 * `[first, last]` word indices, both inclusive. A discontinuous mention is written from its first to its last word.
 */
export function writeE2eJsonl({ key, content }: WritableDocument): Written {
  const { chains, alone } = chainOfMention(content);
  const clusters = new Map<string, [number, number][]>();
  for (const { start, end, chain } of spansOf(content, chains)) {
    const cluster = clusters.get(chain);
    if (cluster === undefined) clusters.set(chain, [[start, end - 1]]);
    else cluster.push([start, end - 1]);
  }
  const sentences = content.sentences.map(([start, end]) =>
    content.tokens.slice(start, end).map((token) => token.text),
  );
  const speakers = sentences.map((words, index) => words.map(() => content.speakers?.[index] ?? '_'));
  const paragraphs = content.paragraphs.map(([start, end]) => [start, end - 1]);
  const object = { doc_key: key, sentences, speakers, paragraphs, clusters: [...clusters.values()] };
  return { text: `${JSON.stringify(object)}\n`, lost: lostOf({ key, content }, alone, [...clusters.keys()]) };
}

function lostOf({ content }: WritableDocument, alone: number, names: readonly string[]): string[] {
  const { tokens, mentions, links, language } = content;
  return [
    ...counted(
      alone,
      'mention in no chain is written as a chain of its own',
      'mentions in no chain are written as chains of their own',
    ),
    ...counted(
      mentions.filter(({ ranges }) => ranges.length > 1).length,
      'discontinuous mention is written as one span',
      'discontinuous mentions are written as one span each',
    ),
    ...counted(
      links?.length ?? 0,
      'link other than identity is left out',
      'links other than identity are left out',
    ),
    ...counted(
      mentions.filter(({ head, attributes }) => head !== undefined || attributes !== undefined).length,
      'mention loses its head or attributes',
      'mentions lose their heads or attributes',
    ),
    ...(names.some((name, index) => name !== String(index)) ? ['the names of chains are left out'] : []),
    ...(tokens.some(({ empty }) => empty === true) ? ['empty nodes are written as words'] : []),
    ...(tokens.some(({ spaceAfter }) => spaceAfter === false)
      ? ['which words no space follows is left out']
      : []),
    ...(tokens.some(
      ({ lemma, partOfSpeech, attributes }) =>
        lemma !== undefined || partOfSpeech !== undefined || attributes !== undefined,
    )
      ? ['what the source says of tokens is left out']
      : []),
    ...(language === undefined ? [] : ['the language is left out']),
  ];
}
