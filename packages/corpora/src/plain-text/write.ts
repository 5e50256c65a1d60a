import type { DocumentContent } from '@casebook/contracts';
import type { WritableDocument, Written } from '../export.ts';
import { counted } from '../export.ts';
import { layOut } from '../text/layout.ts';

/** Writes the text of a document alone: paragraphs with a blank line between them. */
export function writePlainText({ content }: WritableDocument): Written {
  return { text: layOut(content, { sentences: 'space' }).text, lost: withoutAnnotation(content) };
}

/** What running text can't hold of a document. */
export function withoutAnnotation(content: DocumentContent): string[] {
  const { tokens, mentions, chains, links, speakers, language } = content;
  return [
    ...counted(mentions.length, 'mention is left out', 'mentions are left out'),
    ...counted(chains.length, 'chain is left out', 'chains are left out'),
    ...counted(links?.length ?? 0, 'link is left out', 'links are left out'),
    ...counted(
      tokens.filter(({ empty }) => empty === true).length,
      'empty node is left out',
      'empty nodes are left out',
    ),
    ...(tokens.some(
      ({ lemma, partOfSpeech, attributes }) =>
        lemma !== undefined || partOfSpeech !== undefined || attributes !== undefined,
    )
      ? ['what the source says of tokens is left out']
      : []),
    ...(speakers === undefined ? [] : ['speakers are left out']),
    ...(language === undefined ? [] : ['the language is left out']),
    'the division into tokens and sentences is made anew when the text is read',
  ];
}
