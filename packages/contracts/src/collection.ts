import { z } from 'zod';
import { collectionIdSchema, importIdSchema, itemIdSchema } from './ids.ts';
import { documentContentSchema } from './document.ts';
import { wordPairSchema } from './word-pair.ts';
import { instantSchema, nameSchema } from './text.ts';

export const collectionKindSchema = z.enum(['documents', 'word-pairs']);
/** What a collection holds. Task types say which kind they work on. */
export type CollectionKind = z.infer<typeof collectionKindSchema>;

export const itemContentSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('document'), document: documentContentSchema }),
  z.strictObject({ kind: z.literal('word-pair'), pair: wordPairSchema }),
]);
/** What one item of a collection is. */
export type ItemContent = z.infer<typeof itemContentSchema>;

export const makeCollectionSchema = z.strictObject({ name: nameSchema, kind: collectionKindSchema });
export const collectionSchema = z.strictObject({
  id: collectionIdSchema,
  name: z.string(),
  kind: collectionKindSchema,
  version: z.int(),
  items: z.int(),
  /** Whether anything in it brings what could be gold: chains, links, scores. */
  hasGold: z.boolean(),
  /** Documents whose proposed phrases are not confirmed yet: tasks that are planned now ask nothing of them. */
  openReviews: z.int(),
  createdAt: instantSchema,
});
export type Collection = z.infer<typeof collectionSchema>;

export const itemRowSchema = z.strictObject({
  id: itemIdSchema,
  name: z.string(),
  position: z.int(),
  version: z.int(),
  /** One line that says what it is: tokens, markables, chains; or the pair's gold. */
  summary: z.string(),
});
export type ItemRow = z.infer<typeof itemRowSchema>;
export const itemSchema = z.strictObject({
  ...itemRowSchema.shape,
  content: itemContentSchema,
});
export type Item = z.infer<typeof itemSchema>;

export const refusalSchema = z.strictObject({
  file: z.string(),
  line: z.int(),
  column: z.int(),
  reason: z.string(),
  expected: z.string(),
});
/** A line of an upload that was not understood, where it stands, and what should have stood there. */
export type Refusal = z.infer<typeof refusalSchema>;

export const importStateSchema = z.enum([
  'reading',
  'understood',
  'committing',
  'committed',
  'discarded',
  'failed',
]);
export const importSchema = z.strictObject({
  id: importIdSchema,
  collectionId: collectionIdSchema,
  fileName: z.string(),
  bytes: z.int(),
  state: importStateSchema,
  /** The recognised format, in words; null while reading or where none was recognised. */
  format: z.string().nullable(),
  counts: z.strictObject({
    /** Documents or pairs understood. */
    items: z.int(),
    /** Of these, already in the collection, byte for byte: they add nothing. */
    known: z.int(),
    tokens: z.int(),
    markables: z.int(),
    chains: z.int(),
    gold: z.int(),
    ratings: z.int(),
    refused: z.int(),
  }),
  /** Done share of the current stage, 0 to 1. */
  progress: z.number().min(0).max(1),
  /** The first items, as they would be stored. */
  preview: z.array(z.strictObject({ name: z.string(), summary: z.string(), content: itemContentSchema })),
  /** The first refusals; the full list is a download. */
  refusals: z.array(refusalSchema),
  /** What else is worth knowing: columns recognised, warnings. */
  remarks: z.array(z.string()),
  failure: z.string().nullable(),
  createdAt: instantSchema,
});
export type Import = z.infer<typeof importSchema>;
