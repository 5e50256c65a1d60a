import { z } from 'zod';
import { projectIdSchema } from './ids.ts';
import { roleSchema } from './session.ts';
import { commentSchema, instantSchema, nameSchema } from './text.ts';

export const makeProjectSchema = z.strictObject({
  name: nameSchema,
  description: z.string().trim().max(2000).default(''),
});
export const changeProjectSchema = z.strictObject({
  name: nameSchema.optional(),
  description: z.string().trim().max(2000).optional(),
  passMark: z.number().min(0).max(1).optional(),
});
export const projectSchema = z.strictObject({
  id: projectIdSchema,
  name: z.string(),
  description: z.string(),
  createdAt: instantSchema,
  /** The share of training that a coder must get right before the first section. */
  passMark: z.number(),
  /** The caller's own role; null for an instance admin who is no member. */
  role: roleSchema.nullable(),
  counts: z.strictObject({
    members: z.int(),
    collections: z.int(),
    tasks: z.int(),
    /** Annotators' that stand: in time, neither replaced nor taken back, none informed; for an annotator their own. */
    judgements: z.int(),
  }),
});
export type Project = z.infer<typeof projectSchema>;

export const writeGuidelineSchema = z.strictObject({
  markdown: z.string().min(1).max(200_000),
  /** What changed, in a sentence, for those who know the version before. */
  note: commentSchema.optional(),
});
export const guidelineSchema = z.strictObject({
  version: z.int().positive(),
  markdown: z.string(),
  /** Sanitised. */
  html: z.string(),
  note: z.string().nullable(),
  author: z.string(),
  createdAt: instantSchema,
});
export type Guideline = z.infer<typeof guidelineSchema>;
