import type { CoderAnswer, DocumentContent, TokenRange } from '@casebook/contracts';

/** What in a document contradicts itself, as a clause; null where nothing does. */
export function inconsistencyOf(content: DocumentContent, answers: readonly CoderAnswer[]): string | null {
  const length = content.tokens.length;
  if (!covers(content.sentences, length)) return 'the sentences do not cover the tokens in order';
  if (!covers(content.paragraphs, length)) return 'the paragraphs do not cover the tokens in order';
  if (content.speakers !== undefined && content.speakers.length !== content.sentences.length)
    return 'there is not one speaker a sentence';
  const mentions = new Set<string>();
  for (const { id, ranges, head } of content.mentions) {
    if (mentions.has(id)) return `two mentions are named "${id}"`;
    mentions.add(id);
    if (!apart(ranges, length))
      return `the ranges of mention "${id}" are out of order, touch, or leave the text`;
    if (head !== undefined && head >= length) return `the head of mention "${id}" lies outside the text`;
  }
  const chained = new Set<string>();
  for (const chain of content.chains) {
    for (const mention of chain.mentions) {
      if (!mentions.has(mention))
        return `chain "${chain.id}" names the mention "${mention}", which is missing`;
      if (chained.has(mention)) return `the mention "${mention}" is in two chains`;
      chained.add(mention);
    }
  }
  const named = [
    ...(content.links ?? []).flatMap(({ from, to }) => [from, ...to]),
    ...answers.flatMap(mentionsOf),
  ];
  const missing = named.find((mention) => !mentions.has(mention));
  return missing === undefined ? null : `the mention "${missing}" is named, but missing`;
}

function mentionsOf({ mention, answer }: CoderAnswer): string[] {
  if (answer.kind === 'old') return [mention, ...answer.antecedents];
  return answer.kind === 'property' ? [mention, ...answer.of] : [mention];
}

function covers(ranges: readonly TokenRange[], length: number): boolean {
  let at = 0;
  for (const [start, end] of ranges) {
    if (start !== at) return false;
    at = end;
  }
  return at === length;
}

function apart(ranges: readonly TokenRange[], length: number): boolean {
  let at = -1;
  for (const [start, end] of ranges) {
    if (start <= at || end > length) return false;
    at = end;
  }
  return true;
}
