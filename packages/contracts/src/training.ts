import { z } from 'zod';
import { itemIdSchema, memberIdSchema, submissionIdSchema, taskIdSchema, unitIdSchema } from './ids.ts';
import { itemContentSchema } from './collection.ts';
import { commentSchema } from './text.ts';

/** What a coder is told of an answer in training. */
export const trainingVerdictSchema = z.strictObject({
  submissionId: submissionIdSchema,
  unitId: unitIdSchema,
  /** The coder’s own, in the task type’s shape. */
  answer: z.json(),
  right: z.boolean(),
  /** The gold answer, in the task type’s shape and in words. */
  gold: z.json(),
  goldWords: z.string(),
  /** Why it is so, where somebody has written it down. */
  explanation: z.string().nullable(),
});
export type TrainingVerdict = z.infer<typeof trainingVerdictSchema>;

export const trainingRoundSchema = z.strictObject({
  round: z.int().positive(),
  asked: z.int(),
  right: z.int(),
  passed: z.boolean(),
});
export type TrainingRound = z.infer<typeof trainingRoundSchema>;

const trainingUnitSchema = z.strictObject({
  id: unitIdSchema,
  itemId: itemIdSchema,
  key: z.string(),
  content: z.json(),
});

/** A time through training, with all that is needed to go on with it. Gold is told only of what is answered. */
export const trainingSchema = z.strictObject({
  taskId: taskIdSchema,
  taskName: z.string(),
  /** Whether answers are taken. */
  open: z.boolean(),
  taskType: z.string(),
  protocol: z.record(z.string(), z.json()),
  /** Whether the caller has passed, and no manager allows another time through: nothing is asked any more. */
  over: z.boolean(),
  /** The share that must be right. */
  passMark: z.number(),
  round: z.int().positive(),
  items: z.array(
    z.strictObject({ id: itemIdSchema, version: z.int(), name: z.string(), content: itemContentSchema }),
  ),
  /** What is asked, in reading order; every one has gold. */
  units: z.array(trainingUnitSchema),
  /** The other units of these items: answers may point at earlier ones, and the last time asked some of them. */
  otherUnits: z.array(trainingUnitSchema),
  /** Of this round, in the order in which they were given. */
  answered: z.array(trainingVerdictSchema),
  /** Those that were finished. */
  rounds: z.array(trainingRoundSchema),
  /** What was answered in the last of them; nothing where there is none. */
  lastAnswered: z.array(trainingVerdictSchema),
  /** Open tasks of the caller that ask for this training. */
  opens: z.array(z.strictObject({ taskId: taskIdSchema, taskName: z.string() })),
});
export type Training = z.infer<typeof trainingSchema>;

export const trainingAnswerSchema = z.strictObject({
  submissionId: submissionIdSchema,
  unitId: unitIdSchema,
  answer: z.json(),
  elapsedMs: z.int().min(0).max(86_400_000),
});
export type TrainingAnswer = z.infer<typeof trainingAnswerSchema>;

export const allowTrainingSchema = z.strictObject({ coder: memberIdSchema });

export const explainGoldSchema = z.strictObject({
  /** Null takes it away. */
  explanation: commentSchema.nullable(),
});
