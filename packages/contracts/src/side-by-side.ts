import { z } from 'zod';
import { estimateSchema } from './agreement.ts';
import { itemContentSchema } from './collection.ts';
import { itemIdSchema, memberIdSchema } from './ids.ts';

/** Whose work stands on one side: a coder, or what is taken for right. */
export const sideIdSchema = z.union([memberIdSchema, z.literal('reference')]);
export type SideId = z.infer<typeof sideIdSchema>;

export const sideBySideQuerySchema = z.strictObject({
  /** The first sides that there are, where left out. */
  a: sideIdSchema.optional(),
  b: sideIdSchema.optional(),
});
export type SideBySideQuery = z.infer<typeof sideBySideQuerySchema>;

/** A document of a task that somebody has annotated. */
export const documentSideBySideSchema = z.strictObject({
  itemId: itemIdSchema,
  name: z.string(),
  /** Coders with a judgement in it that counts; outside ones and machines among them. */
  coders: z.int().nonnegative(),
});
export type DocumentSideBySide = z.infer<typeof documentSideBySideSchema>;

const rangesSchema = z.array(z.tuple([z.int().nonnegative(), z.int().positive()])).min(1);

const sideMarkSchema = z.strictObject({
  id: z.string(),
  ranges: rangesSchema,
  /** The same number on both sides is the same entity; null where none is named. */
  entity: z.int().positive().nullable(),
  /** What is printed below the phrase. */
  label: z.string(),
});
/** A phrase as one side has it. */
export type SideMark = z.infer<typeof sideMarkSchema>;

const sideDifferenceSchema = z.strictObject({
  /** One of the comparison's kinds. */
  kind: z.string(),
  /** The phrase, or the first of an entity. */
  phrase: z.string(),
  /** The token to look at. */
  at: z.int().nonnegative(),
  /** What each side says, in words. */
  words: z.strictObject({ a: z.string(), b: z.string() }),
  /** What it is about on each side, by the ids of its marks, the phrase itself first. */
  marks: z.strictObject({ a: z.array(z.string()), b: z.array(z.string()) }),
});
export type SideDifference = z.infer<typeof sideDifferenceSchema>;

export const comparisonSchema = z.strictObject({
  /** In reading order. */
  marks: z.strictObject({ a: z.array(sideMarkSchema), b: z.array(sideMarkSchema) }),
  /** Phrases, and entities named, on each side; and how many entities are on both. */
  phrases: z.strictObject({ a: z.int(), b: z.int(), both: z.int() }),
  entities: z.strictObject({ a: z.int(), b: z.int(), both: z.int() }),
  /** Every kind of difference that there can be, found or not. `{a}` and `{b}` in words stand for the sides' names. */
  kinds: z.array(
    z.strictObject({ id: z.string(), title: z.string(), meaning: z.string(), count: z.int().nonnegative() }),
  ),
  /** In reading order. */
  differences: z.array(sideDifferenceSchema),
  figures: z.array(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      measures: z.array(
        z.strictObject({ id: z.string(), title: z.string(), meaning: z.string(), estimate: estimateSchema }),
      ),
    }),
  ),
});
/** Two annotations of one document, held against each other. */
export type Comparison = z.infer<typeof comparisonSchema>;

const sideSchema = z.strictObject({
  id: sideIdSchema,
  name: z.string(),
  kind: z.enum(['coder', 'machine', 'reference']),
});
export type Side = z.infer<typeof sideSchema>;

export const sideBySideSchema = z.strictObject({
  taskType: z.string(),
  itemId: itemIdSchema,
  name: z.string(),
  /** The text, without gold. */
  content: itemContentSchema,
  sides: z.array(sideSchema),
  /** Null where there are fewer than two sides. */
  compared: z.strictObject({ a: sideIdSchema, b: sideIdSchema, comparison: comparisonSchema }).nullable(),
});
export type SideBySide = z.infer<typeof sideBySideSchema>;
