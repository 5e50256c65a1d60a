import { z } from 'zod';
import { questionIdSchema } from './ids.ts';
import { commentSchema, instantSchema } from './text.ts';

export const decisionNumberSchema = z.int().positive();

export const publishDecisionSchema = z.strictObject({
  /** As everybody will read it: without the name of whoever asked. */
  question: commentSchema,
  answer: z.string().trim().min(1).max(4000),
  /** The words it is about. */
  phrase: z.string().trim().min(1).max(300).optional(),
  /** The question that it comes from. */
  questionId: questionIdSchema.optional(),
});

export const withdrawDecisionSchema = z.strictObject({ reason: commentSchema });

/** An answer worth keeping, for everybody in the project. It does not say who asked. */
export const decisionSchema = z.strictObject({
  number: decisionNumberSchema,
  question: z.string(),
  answer: z.string(),
  phrase: z.string().nullable(),
  author: z.string(),
  createdAt: instantSchema,
  /** Null while it holds. */
  withdrawal: z.strictObject({ reason: z.string(), author: z.string(), createdAt: instantSchema }).nullable(),
});
export type Decision = z.infer<typeof decisionSchema>;
