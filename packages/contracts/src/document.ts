import { z } from 'zod';

/**
 * The neutral shape of a text, whatever format it came in: tokens, ranges over tokens, mentions, chains.
 * Every range is half open, `[start, end)`, and counts tokens from the start of the document.
 */

const rangeSchema = z
  .tuple([z.int().nonnegative(), z.int().positive()])
  .refine(([start, end]) => start < end, 'a range must hold at least one token');

/** A half-open range of tokens, `[start, end)`. */
export type TokenRange = z.infer<typeof rangeSchema>;

export const tokenSchema = z.strictObject({
  text: z.string().min(1),
  /** Absent means that a space follows. */
  spaceAfter: z.literal(false).optional(),
  /** Universal part of speech, where the source gives one. */
  partOfSpeech: z.string().optional(),
  lemma: z.string().optional(),
  /** A node of the analysis that the text itself does not hold (a zero pronoun, a gapped word); its text may be `_`. */
  empty: z.literal(true).optional(),
  /** What else the source says of the token, by the source's name for it. */
  attributes: z.record(z.string(), z.string()).optional(),
});
export type Token = z.infer<typeof tokenSchema>;

export const phraseRuleSchema = z.enum([
  'pronoun',
  'possessive pronoun',
  'proper name',
  'noun phrase',
  'possessor',
  'coordination',
  'date',
]);
/** Which rule took some words for a phrase that can refer. */
export type PhraseRule = z.infer<typeof phraseRuleSchema>;

const mentionOriginSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('proposed'),
    /** The library that proposed it, its model, and the version of the rules. */
    by: z.string(),
    rule: phraseRuleSchema,
    /** The reviewer gave it other borders. */
    mended: z.literal(true).optional(),
    /** Who accepted it, by the id of the account; null where it was taken unreviewed. */
    reviewer: z.string().nullable(),
  }),
  z.strictObject({ kind: z.literal('made'), reviewer: z.string() }),
]);

export const mentionSchema = z.strictObject({
  id: z.string().min(1),
  /** One range, or several for a discontinuous mention; in order, not touching. */
  ranges: z.array(rangeSchema).min(1),
  /** The index of the head token, where the source gives one. */
  head: z.int().nonnegative().optional(),
  /** What the source says of the mention beside its chain (entity type, information status, …). */
  attributes: z.record(z.string(), z.string()).optional(),
  /** Where it comes from, if not from the source: proposed by rule and reviewed, or made in that review. */
  origin: mentionOriginSchema.optional(),
});
/** A phrase that can refer. */
export type Mention = z.infer<typeof mentionSchema>;

export const chainSchema = z.strictObject({
  id: z.string().min(1),
  mentions: z.array(z.string().min(1)).min(1),
});
/** An entity: the ids of all mentions that name it, in reading order. */
export type Chain = z.infer<typeof chainSchema>;

export const linkSchema = z.strictObject({
  kind: z.enum(['bridging', 'split-antecedent', 'property']),
  from: z.string().min(1),
  to: z.array(z.string().min(1)).min(1),
  /** The source's finer name for it (`subset`, `part-whole`). */
  relation: z.string().min(1).optional(),
});
/** A relation between mentions other than identity. */
export type Link = z.infer<typeof linkSchema>;

export const documentContentSchema = z.strictObject({
  tokens: z.array(tokenSchema).min(1),
  sentences: z.array(rangeSchema).min(1),
  paragraphs: z.array(rangeSchema).min(1),
  /** Speakers by sentence, where the text is a dialogue. */
  speakers: z.array(z.string().nullable()).optional(),
  language: z.string().optional(),
  /** In reading order: by first token, the longer first. */
  mentions: z.array(mentionSchema),
  /** The source's own partition of the mentions; empty where it brings none. */
  chains: z.array(chainSchema),
  links: z.array(linkSchema).optional(),
});
export type DocumentContent = z.infer<typeof documentContentSchema>;

/**
 * The text of a token range as it is read: tokens, with spaces where the source has them, without empty nodes. Of
 * empty nodes alone it is what the source writes for them.
 */
export function textOfRange(tokens: readonly Token[], [start, end]: TokenRange): string {
  const inside = tokens.slice(start, end);
  let text = '';
  let between = '';
  for (const token of inside) {
    if (token.empty === true) continue;
    text += between + token.text;
    between = token.spaceAfter === false ? '' : ' ';
  }
  return text === '' ? inside.map((token) => token.text).join(' ') : text;
}

/** The text of a mention; the parts of a discontinuous one are joined by an ellipsis. */
export function textOfMention(tokens: readonly Token[], mention: Pick<Mention, 'ranges'>): string {
  return mention.ranges.map((range) => textOfRange(tokens, range)).join(' … ');
}

/** Orders mentions as they are met in reading: by first token, the longer before the shorter it holds. */
export function inReadingOrder(one: Pick<Mention, 'ranges'>, other: Pick<Mention, 'ranges'>): number {
  const oneStart = one.ranges[0]?.[0] ?? 0;
  const otherStart = other.ranges[0]?.[0] ?? 0;
  if (oneStart !== otherStart) return oneStart - otherStart;
  return (other.ranges.at(-1)?.[1] ?? 0) - (one.ranges.at(-1)?.[1] ?? 0);
}
