import { z } from 'zod';
import { taskIdSchema } from './ids.ts';
import { instantSchema } from './text.ts';

const versionSchema = z.int().nonnegative();

export const guidelineBlockSchema = z.strictObject({
  kind: z.enum(['heading', 'text', 'item', 'quote', 'code', 'row']),
  /** The level of a heading, how deep an item is nested; else 1. */
  level: z.int(),
});
export type GuidelineBlock = z.infer<typeof guidelineBlockSchema>;

/** A block of either version. Kept and added runs together are the later text, kept and removed the earlier. */
export const guidelineChangeSchema = z.strictObject({
  kind: z.enum(['kept', 'removed', 'added', 'changed']),
  block: guidelineBlockSchema,
  runs: z.array(
    z.strictObject({
      kind: z.enum(['kept', 'removed', 'added']),
      text: z.string(),
      styles: z.array(z.enum(['strong', 'em', 'struck', 'code', 'link'])),
    }),
  ),
});
export type GuidelineChange = z.infer<typeof guidelineChangeSchema>;

export const guidelineChangesQuerySchema = z.strictObject({
  /** The version that the caller last read where absent; 0 for nothing. */
  from: z.coerce.number().pipe(versionSchema).optional(),
  /** The version in force where absent. */
  to: z.coerce.number().pipe(versionSchema).optional(),
});

/** What changed from one version to another; `from` equals `to` where there is nothing new. */
export const guidelineChangesSchema = z.strictObject({
  from: versionSchema,
  to: versionSchema,
  /** What managers said of each version after the first named, the oldest first. */
  notes: z.array(
    z.strictObject({
      version: z.int(),
      note: z.string().nullable(),
      author: z.string(),
      createdAt: instantSchema,
    }),
  ),
  changes: z.array(guidelineChangeSchema),
});
export type GuidelineChanges = z.infer<typeof guidelineChangesSchema>;

export const readGuidelineSchema = z.strictObject({ version: z.int().positive() });

/** How many judgements of annotators that stand were made under a version, informed ones left out; null where there was none. */
export const guidelineUseSchema = z.strictObject({
  version: z.int().nullable(),
  taskId: taskIdSchema,
  taskName: z.string(),
  judgements: z.int(),
});
export type GuidelineUse = z.infer<typeof guidelineUseSchema>;
