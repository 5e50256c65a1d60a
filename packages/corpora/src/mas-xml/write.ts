import type { CoderAnswer, DocumentContent, Mention } from '@casebook/contracts';
import type { WritableDocument, Written } from '../export.ts';
import { counted } from '../export.ts';
import type { Layout } from '../text/layout.ts';
import { layOut } from '../text/layout.ts';
import { elementOf, isHeld } from './judgement.ts';
import { xmlText } from './xml.ts';

/** What opens and closes a file of documents in MAS-XML. */
export const MAS_XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<MAS-XML>\n';
export const MAS_XML_TAIL = '</MAS-XML>\n';

/**
 * Writes one document as a `<doc>` of MAS-XML, with the answers of its coders inside their markables; put
 * {@link MAS_XML_HEAD} before the first and {@link MAS_XML_TAIL} behind the last. Elements nest, so a mention that
 * crosses an earlier one or leaves its sentence is left out. A chain is named by the attribute `chain`, which is
 * ours. Offsets (`start_chr`, `end_chr`) count code points of the running text.
 */
export function writeMasXml({ key, content, answers = [] }: WritableDocument): Written {
  const layout = layOut(content, { sentences: 'space' });
  const lost: string[] = [];
  const held = nestedMentions(content);
  lost.push(
    ...counted(
      content.mentions.length - held.length,
      'mention that crosses another or leaves its sentence is left out',
      'mentions that cross others or leave their sentences are left out',
    ),
  );
  const chains = new Map(
    content.chains.flatMap((chain) => chain.mentions.map((mention) => [mention, chain.id])),
  );
  const ids = new Set(held.map(({ id }) => id));
  const kept = answers.filter((answer) => namesOf(answer).every((id) => ids.has(id) && !/[,;|\s]/u.test(id)));
  lost.push(
    ...counted(
      answers.length - kept.length,
      'answer is left out, with a mention it names',
      'answers are left out, with mentions they name',
    ),
    ...counted(
      kept.filter((answer) => !isHeld(answer)).length,
      'answer loses its comment or reason',
      'answers lose their comments or reasons',
    ),
    ...unholdable(content),
  );
  const opening = new Map<number, Mention[]>();
  const closing = new Map<number, number>();
  for (const mention of held) {
    const [start, end] = [mention.ranges[0]?.[0] ?? 0, mention.ranges.at(-1)?.[1] ?? 0];
    opening.set(start, [...(opening.get(start) ?? []), mention]);
    closing.set(end, (closing.get(end) ?? 0) + 1);
  }
  const judged = Map.groupBy(kept, ({ mention }) => mention);
  const markable = (mention: Mention): string =>
    markableTag(mention, chains.get(mention.id), judged.get(mention.id) ?? [], layout);
  const paragraphStarts = new Set(content.paragraphs.map(([start]) => start));
  const lines: string[] = [`<doc id="${xmlText(key)}">`];
  for (const [start, end] of content.sentences) {
    if (paragraphStarts.has(start)) lines.push(...(start === 0 ? ['<p>'] : ['</p>', '<p>']));
    const words = content.tokens.slice(start, end).map((token, offset) => {
      const index = start + offset;
      const lemma = token.lemma === undefined ? '' : ` lemma="${xmlText(token.lemma)}"`;
      const tag = token.attributes?.['xpos'] ?? token.partOfSpeech;
      const word = `<W${tag === undefined ? '' : ` pos="${xmlText(tag)}"`}${lemma}>${xmlText(token.text)}</W>`;
      return (
        (opening.get(index) ?? []).map(markable).join('') + word + '</ne>'.repeat(closing.get(index + 1) ?? 0)
      );
    });
    lines.push(`<s>${words.join(' ')}</s>`);
  }
  lines.push('</p>', '</doc>', '');
  return { text: lines.join('\n'), lost };
}

function nestedMentions(content: DocumentContent): Mention[] {
  const held: Mention[] = [];
  const ends: number[] = [];
  for (const mention of content.mentions) {
    const [start, end] = [mention.ranges[0]?.[0] ?? 0, mention.ranges.at(-1)?.[1] ?? 0];
    while ((ends.at(-1) ?? Infinity) <= start) ends.pop();
    const sentenceEnd = content.sentences.find(([, after]) => after > start)?.[1] ?? 0;
    if (end > Math.min(ends.at(-1) ?? Infinity, sentenceEnd)) continue;
    ends.push(end);
    held.push(mention);
  }
  return held;
}

function markableTag(
  mention: Mention,
  chain: string | undefined,
  answers: readonly CoderAnswer[],
  { starts, ends }: Layout,
): string {
  const [start, end] = [
    starts[mention.ranges[0]?.[0] ?? 0] ?? 0,
    ends[(mention.ranges.at(-1)?.[1] ?? 1) - 1] ?? 0,
  ];
  const tag = `<ne id="${xmlText(mention.id)}"${chain === undefined ? '' : ` chain="${xmlText(chain)}"`}>`;
  if (answers.length === 0) return tag;
  const judgements = answers.map((answer) => {
    const { element, attributes } = elementOf(answer);
    return `<${element}${Object.entries(attributes)
      .map(([name, value]) => ` ${name}="${xmlText(value)}"`)
      .join('')}/>`;
  });
  return `${tag}<PDante id="${xmlText(mention.id)}" start_chr="${start}" end_chr="${end}">${judgements.join('')}</PDante>`;
}

function namesOf({ mention, answer }: CoderAnswer): string[] {
  if (answer.kind === 'old') return [mention, ...answer.antecedents];
  return answer.kind === 'property' ? [mention, ...answer.of] : [mention];
}

function unholdable({ tokens, mentions, links, speakers, language }: DocumentContent): string[] {
  return [
    ...counted(
      mentions.filter(({ ranges }) => ranges.length > 1).length,
      'discontinuous mention is written as one span',
      'discontinuous mentions are written as one span each',
    ),
    ...counted(
      mentions.filter(({ head, attributes }) => head !== undefined || attributes !== undefined).length,
      'mention loses its head or attributes',
      'mentions lose their heads or attributes',
    ),
    ...counted(
      links?.length ?? 0,
      'link other than identity is left out',
      'links other than identity are left out',
    ),
    ...counted(
      tokens.filter(({ empty }) => empty === true).length,
      'empty node is written as a word',
      'empty nodes are written as words',
    ),
    ...(tokens.some(({ spaceAfter }) => spaceAfter === false)
      ? ['which words no space follows is left out']
      : []),
    ...(speakers === undefined ? [] : ['speakers are left out']),
    ...(language === undefined ? [] : ['the language is left out']),
  ];
}
