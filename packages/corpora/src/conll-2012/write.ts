import type { DocumentContent, Token } from '@casebook/contracts';
import { chainOfMention } from '../assembly/chain-of-mention.ts';
import type { WritableDocument, Written } from '../export.ts';
import { counted } from '../export.ts';
import { isBlank } from './brackets.ts';
import { nameAndPart } from './frame.ts';
import { holdableSpans, spansOf } from './spans.ts';

/**
 * Writes one document as CoNLL-2012: a `#begin document` frame, twelve columns separated by tabs (document, part,
 * index, word, part of speech, parse, lemma, frame, sense, speaker, name, coreference), a blank line after every
 * sentence. Nested mentions, and crossing ones of different chains, are held. Crossing mentions of one chain are
 * not, because its brackets close innermost first: the later is left out. A discontinuous mention is written as
 * the span from its first to its last token.
 */
export function writeConll2012({ key, content }: WritableDocument): Written {
  const lost: string[] = [];
  const { name, part } = nameAndPart(key);
  const shownName = name.replace(/\s+/gu, '_');
  if (shownName !== name) lost.push('spaces in the name of the document are written as "_"');
  const cells = coreferenceCells(content, lost);
  lost.push(...unholdable(content));
  const rows: string[] = [`#begin document (${shownName}); part ${String(part).padStart(3, '0')}`];
  for (const [sentence, [start, end]] of content.sentences.entries()) {
    const speaker = (content.speakers?.[sentence] ?? '-').replace(/[\t\r\n]/gu, ' ');
    for (let index = start; index < end; index += 1) {
      const token = content.tokens[index];
      if (token === undefined) continue;
      const [word, tag, lemma] = [shown(token.text), shown(tagOf(token)), shown(token.lemma ?? '-')];
      rows.push(
        [
          shownName,
          part,
          index - start,
          word,
          tag,
          '*',
          lemma,
          '-',
          '-',
          speaker,
          '*',
          cells[index] ?? '-',
        ].join('\t'),
      );
    }
    rows.push('');
  }
  rows.push('#end document', '');
  return { text: rows.join('\n'), lost };
}

function tagOf(token: Token): string {
  return token.attributes?.['xpos'] ?? token.partOfSpeech ?? '-';
}

/** A cell as one field: what would end it becomes a space. */
function shown(text: string): string {
  return text.replace(/[\t\r\n\0]/gu, ' ');
}

function coreferenceCells(content: DocumentContent, lost: string[]): string[] {
  const { chains, alone } = chainOfMention(content);
  lost.push(
    ...counted(
      alone,
      'mention in no chain is written as a chain of its own',
      'mentions in no chain are written as chains of their own',
    ),
  );
  const spelled = spelledChains(chains, lost);
  const { held, crossing } = holdableSpans(spansOf(content, chains));
  lost.push(
    ...counted(
      crossing,
      'mention that crosses another of its chain is left out',
      'mentions that cross another of their chain are left out',
    ),
  );
  const cells = content.tokens.map((): { opens: string[]; closes: string[] } => ({ opens: [], closes: [] }));
  for (const { start, end, chain } of held) {
    const name = spelled.get(chain) ?? chain;
    if (end === start + 1) cells[start]?.opens.push(`(${name})`);
    else {
      cells[start]?.opens.push(`(${name}`);
      cells[end - 1]?.closes.unshift(`${name})`);
    }
  }
  return cells.map(({ opens, closes }) => [...opens, ...closes].join('|') || '-');
}

/** Names of chains that brackets can hold; others are replaced by free numbers. */
function spelledChains(chains: ReadonlyMap<string, string>, lost: string[]): Map<string, string> {
  const names = new Set(chains.values());
  const spelled = new Map<string, string>();
  let next = 0;
  for (const name of names) {
    if (!/[()|\s]/u.test(name) && !isBlank(name)) continue;
    while (names.has(String(next))) next += 1;
    spelled.set(name, String(next));
    next += 1;
  }
  lost.push(
    ...counted(
      spelled.size,
      'chain is renamed, since brackets, bars and spaces can stand in no name',
      'chains are renamed, since brackets, bars and spaces can stand in no name',
    ),
  );
  return spelled;
}

function unholdable(content: DocumentContent): string[] {
  const { tokens, mentions, paragraphs, links, language } = content;
  return [
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
      mentions.filter(({ head }) => head !== undefined).length,
      'head is left out',
      'heads are left out',
    ),
    ...counted(
      mentions.filter(({ attributes }) => attributes !== undefined).length,
      'mention loses its attributes',
      'mentions lose their attributes',
    ),
    ...counted(
      tokens.filter(({ empty }) => empty === true).length,
      'empty node is written as a word',
      'empty nodes are written as words',
    ),
    ...counted(
      tokens.filter(({ text }) => /[\t\r\n\0]/u.test(text)).length,
      'word has a tab or line end replaced by a space',
      'words have tabs or line ends replaced by spaces',
    ),
    ...(tokens.some(({ spaceAfter }) => spaceAfter === false)
      ? ['which words no space follows is left out']
      : []),
    ...(tokens.some(holdsMore)
      ? ['of what the source says of tokens, only the lemma and one part of speech are kept']
      : []),
    ...(paragraphs.length > 1 ? ['paragraphs are left out'] : []),
    ...(language === undefined ? [] : ['the language is left out']),
  ];
}

function holdsMore({ partOfSpeech, attributes }: Token): boolean {
  if (attributes === undefined) return partOfSpeech !== undefined;
  return (
    Object.keys(attributes).some((name) => name !== 'xpos') ||
    (partOfSpeech !== undefined && 'xpos' in attributes)
  );
}
