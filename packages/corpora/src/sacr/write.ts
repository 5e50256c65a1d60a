import type { DocumentContent, TokenRange } from '@casebook/contracts';
import { chainOfMention } from '../assembly/chain-of-mention.ts';
import type { WritableDocument, Written } from '../export.ts';
import { counted } from '../export.ts';

interface Braced {
  start: number;
  end: number;
  head: string;
}

const CHAIN = /^[^\s:{}]+$/u;
const PROPERTY = /^[^\s=,{}"]+$/u;

/**
 * Writes one document as SACR. Braces nest, so a mention that crosses an earlier one, or leaves its paragraph, is
 * left out; a discontinuous one is written from its first to its last word.
 */
export function writeSacr({ key, name, content }: WritableDocument): Written {
  const lost: string[] = [];
  const mentions = bracedMentions(content, lost);
  const lines = [`#textid:${oneLine(key)}`];
  if (name !== undefined && name !== key) lines.push(`#title:${oneLine(name)}`);
  let speaker: string | null = null;
  let speakersInside = 0;
  for (const paragraph of content.paragraphs) {
    const saying = speakersOf(content, paragraph);
    speakersInside += saying.length > 1 ? 1 : 0;
    lines.push('');
    if ((saying[0] ?? null) !== speaker) {
      speaker = saying[0] ?? null;
      lines.push(`#speaker:${oneLine(speaker ?? '')}`);
    }
    const text = paragraphText(content, paragraph, mentions);
    lines.push(/^#[\w-]+:/u.test(text) ? ` ${text}` : text);
  }
  lost.push(
    ...counted(
      speakersInside,
      'paragraph with several speakers is written as the first one’s',
      'paragraphs with several speakers are written as the first one’s',
    ),
    ...unholdable(content),
  );
  return { text: `${lines.join('\n')}\n`, lost };
}

function bracedMentions(content: DocumentContent, lost: string[]): Braced[] {
  const { chains, alone } = chainOfMention(content);
  const ends = content.paragraphs.map(([, end]) => end);
  const renamed = new Set<string>();
  const held: Braced[] = [];
  const open: Braced[] = [];
  let crossing = 0;
  let unnamed = 0;
  for (const mention of content.mentions) {
    const start = mention.ranges[0]?.[0] ?? 0;
    const end = mention.ranges.at(-1)?.[1] ?? 0;
    while ((open.at(-1)?.end ?? Infinity) <= start) open.pop();
    const limit = Math.min(
      open.at(-1)?.end ?? Infinity,
      ends.find((paragraphEnd) => paragraphEnd > start) ?? 0,
    );
    if (end > limit) {
      crossing += 1;
      continue;
    }
    const chain = chains.get(mention.id) ?? '';
    if (!CHAIN.test(chain)) renamed.add(chain);
    const properties = Object.entries(mention.attributes ?? {}).filter(([property]) =>
      PROPERTY.test(property),
    );
    unnamed += Object.keys(mention.attributes ?? {}).length - properties.length;
    const written = properties
      .map(([property, value]) => `${property}="${oneLine(value).replace(/["\\]/gu, '\\$&')}"`)
      .join(',');
    const shownChain = CHAIN.test(chain) ? chain : chain.replace(/[\s:{}]/gu, '_') || '_';
    const braced = { start, end, head: `{${shownChain}${written === '' ? '' : `:${written}`} ` };
    held.push(braced);
    open.push(braced);
  }
  lost.push(
    ...counted(
      alone,
      'mention in no chain is written as a chain of its own',
      'mentions in no chain are written as chains of their own',
    ),
    ...counted(
      crossing,
      'mention that crosses another or leaves its paragraph is left out',
      'mentions that cross others or leave their paragraphs are left out',
    ),
    ...counted(
      renamed.size,
      'chain has marks in its name replaced by "_"',
      'chains have marks in their names replaced by "_"',
    ),
    ...counted(
      unnamed,
      'attribute of a mention is left out, since its name can be no property',
      'attributes of mentions are left out, since their names can be no properties',
    ),
  );
  return held;
}

function paragraphText(
  content: DocumentContent,
  [start, end]: TokenRange,
  mentions: readonly Braced[],
): string {
  let text = '';
  for (let index = start; index < end; index += 1) {
    const token = content.tokens[index];
    if (token === undefined) continue;
    for (const mention of mentions) if (mention.start === index) text += mention.head;
    text += oneLine(token.text).replaceAll('{', '(').replaceAll('}', ')');
    for (const mention of mentions) if (mention.end === index + 1) text += '}';
    if (index + 1 < end && token.spaceAfter !== false) text += ' ';
  }
  return text;
}

function speakersOf(content: DocumentContent, [start, end]: TokenRange): (string | null)[] {
  const inside = content.sentences.flatMap(([first], index) =>
    first >= start && first < end ? [content.speakers?.[index] ?? null] : [],
  );
  return [...new Set(inside)];
}

function oneLine(text: string): string {
  return text.replace(/[\r\n]+/gu, ' ');
}

function unholdable({ tokens, mentions, links, language }: DocumentContent): string[] {
  return [
    'the division into tokens and sentences is made anew when the text is read',
    ...counted(
      mentions.filter(({ ranges }) => ranges.length > 1).length,
      'discontinuous mention is written as one span',
      'discontinuous mentions are written as one span each',
    ),
    ...counted(
      mentions.filter(({ head }) => head !== undefined).length,
      'head is left out',
      'heads are left out',
    ),
    ...counted(
      links?.length ?? 0,
      'link other than identity is left out',
      'links other than identity are left out',
    ),
    ...counted(
      tokens.filter(({ text }) => /[{}]/u.test(text)).length,
      'word has its braces written as parentheses',
      'words have their braces written as parentheses',
    ),
    ...counted(
      tokens.filter(({ empty }) => empty === true).length,
      'empty node is written as a word',
      'empty nodes are written as words',
    ),
    ...(tokens.some(
      ({ lemma, partOfSpeech, attributes }) =>
        lemma !== undefined || partOfSpeech !== undefined || attributes !== undefined,
    )
      ? ['what the source says of tokens is left out']
      : []),
    ...(language === undefined ? [] : ['the language is left out']),
  ];
}
