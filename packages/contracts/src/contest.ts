import { z } from 'zod';
import { contestIdSchema, memberIdSchema, taskIdSchema, unitIdSchema } from './ids.ts';
import { commentSchema, instantSchema } from './text.ts';

export const makeContestSchema = z.strictObject({ reason: commentSchema });
export type MakeContest = z.infer<typeof makeContestSchema>;

/** An adjudicator's decision as coders are told it: without a name. */
export const decisionInWordsSchema = z.strictObject({
  kind: z.enum(['decide', 'keep-several']),
  /** What is taken for right, in words; several where several readings are kept. */
  words: z.array(z.string()),
  reason: z.string().nullable(),
  at: instantSchema,
});

/** A coder's objection to what became of a unit. */
export const contestSchema = z.strictObject({
  id: contestIdSchema,
  taskId: taskIdSchema,
  unitId: unitIdSchema,
  /** The unit in words. */
  label: z.string(),
  /** Where it stands: the section's name. */
  place: z.string(),
  reason: z.string(),
  at: instantSchema,
  /** Who contests; null for others than the coder until the contest is answered. */
  coder: z.strictObject({ id: memberIdSchema, name: z.string() }).nullable(),
  /** The decision that stands on its unit and is later than the contest; null while it waits for one. */
  answer: decisionInWordsSchema.nullable(),
});
export type Contest = z.infer<typeof contestSchema>;
