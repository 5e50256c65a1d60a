import { z } from 'zod';
import { refusalSchema } from './collection.ts';
import { answerFileIdSchema, memberIdSchema, taskIdSchema } from './ids.ts';
import { instantSchema, nameSchema } from './text.ts';

/** People count as coders; machines are compared with them and count nowhere. */
export const outsideKindSchema = z.enum(['human', 'machine']);
export type OutsideKind = z.infer<typeof outsideKindSchema>;

/** A coder who is no member: known by a name, without an account. */
export const outsideCoderSchema = z.strictObject({
  id: memberIdSchema,
  name: z.string(),
  kind: outsideKindSchema,
});
export type OutsideCoder = z.infer<typeof outsideCoderSchema>;

/** How an uploaded file is to be read. */
export const answerFileWishSchema = z.strictObject({
  kind: outsideKindSchema.default('human'),
  /**
   * The coder's name where the file holds one coder's chains; else what is put before the names in the file, so that
   * “14” of one corpus is not “14” of another.
   */
  name: nameSchema.optional(),
});
export type AnswerFileWish = z.output<typeof answerFileWishSchema>;

/** What a file with answers came to. */
export const answerReportSchema = z.strictObject({
  coders: z.array(
    z.strictObject({
      name: z.string(),
      /** Answers that have a unit. */
      answers: z.int(),
      /** Answers that have none, or can't count. */
      left: z.int(),
    }),
  ),
  documents: z.array(
    z.strictObject({
      name: z.string(),
      units: z.int(),
      /** Units that at least one coder of the file answered. */
      answered: z.int(),
    }),
  ),
  answers: z.int(),
  left: z.int(),
  refused: z.int(),
  /** The first of what was left out or refused, by file, line and column. */
  refusals: z.array(refusalSchema),
  remarks: z.array(z.string()),
});
export type AnswerReport = z.infer<typeof answerReportSchema>;

export const answerFileSchema = z.strictObject({
  id: answerFileIdSchema,
  taskId: taskIdSchema,
  fileName: z.string(),
  bytes: z.int(),
  kind: outsideKindSchema,
  /** `removed`: it was added and counts no longer; its answers are kept. */
  state: z.enum(['understood', 'committed', 'discarded', 'removed']),
  format: z.string(),
  report: answerReportSchema,
  createdAt: instantSchema,
  committedAt: instantSchema.nullable(),
});
/** An uploaded file with answers of coders outside the project. */
export type AnswerFile = z.infer<typeof answerFileSchema>;
