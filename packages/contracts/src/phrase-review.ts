import { z } from 'zod';
import { documentContentSchema, mentionSchema, phraseRuleSchema } from './document.ts';
import { itemIdSchema } from './ids.ts';
import { instantSchema } from './text.ts';

const rangesSchema = mentionSchema.shape.ranges;
const verdictSchema = z.enum(['open', 'accepted', 'rejected']);

/** A phrase under review. */
export const reviewedPhraseSchema = z.strictObject({
  id: z.string().min(1).max(40),
  /** As it was proposed; null where the reviewer made it. */
  proposed: z.strictObject({ rule: phraseRuleSchema, ranges: rangesSchema }).nullable(),
  /** As it stands now. */
  ranges: rangesSchema,
  verdict: verdictSchema,
});
export type ReviewedPhrase = z.infer<typeof reviewedPhraseSchema>;

/** `waiting` for its turn; `open` to be reviewed; `confirmed`: its phrases are markables of the document's next version. */
const reviewStateSchema = z.enum(['waiting', 'open', 'confirmed', 'failed']);
export type PhraseReviewState = z.infer<typeof reviewStateSchema>;

export const phraseReviewRowSchema = z.strictObject({
  itemId: itemIdSchema,
  name: z.string(),
  state: reviewStateSchema,
  phrases: z.int(),
  /** Neither accepted nor rejected yet. */
  open: z.int(),
  /** How many were taken without a look; null before it is confirmed. */
  unreviewed: z.int().nullable(),
});
export type PhraseReviewRow = z.infer<typeof phraseReviewRowSchema>;

/** Which documents of a collection have no markables, and how the review of what is proposed for them stands. */
export const phraseReviewsSchema = z.strictObject({
  /** Documents without markables or proposals that are in English. */
  english: z.int(),
  /** Those that don't say their language; they are read as English. */
  unnamed: z.int(),
  /** Those in other languages, for which nothing can be proposed. */
  others: z.array(z.strictObject({ language: z.string(), documents: z.int() })),
  /** In the order of the collection, the confirmed ones last; at most 500. */
  reviews: z.array(phraseReviewRowSchema),
});
export type PhraseReviews = z.infer<typeof phraseReviewsSchema>;

export const proposePhrasesSchema = z.strictObject({
  /** Which kinds of phrases are wanted. */
  rules: z.array(phraseRuleSchema).min(1, 'choose at least one kind of phrase'),
});

export const phraseReviewSchema = z.strictObject({
  itemId: itemIdSchema,
  name: z.string(),
  state: reviewStateSchema,
  document: documentContentSchema,
  phrases: z.array(reviewedPhraseSchema),
  /** Raised by every change; a change names the one that it was made on. */
  revision: z.int(),
  /** What proposed: library, model, and the version of the rules. */
  chunker: z.string(),
  createdAt: instantSchema,
});
export type PhraseReview = z.infer<typeof phraseReviewSchema>;

export const changePhrasesSchema = z.strictObject({
  revision: z.int(),
  /** Phrases as they stand now. An id that is new is a phrase that the reviewer made. */
  changes: z
    .array(reviewedPhraseSchema.omit({ proposed: true }))
    .min(1)
    .max(20_000),
});
export type ChangePhrases = z.infer<typeof changePhrasesSchema>;

export const confirmPhrasesSchema = z.strictObject({
  revision: z.int(),
  /** What to do with those that nobody has looked at: refuse to go on, or take them as they are, on record. */
  unreviewed: z.enum(['refuse', 'take']),
});
