import { z } from 'zod';
import { memberIdSchema, taskIdSchema, unitIdSchema } from './ids.ts';
import { instantSchema } from './text.ts';

/** So many right of those asked, with the 95 % interval of the share by Wilson’s score (1927). */
export const shareRightSchema = z.strictObject({
  asked: z.int().positive(),
  right: z.int().nonnegative(),
  low: z.number(),
  high: z.number(),
});
export type ShareRight = z.infer<typeof shareRightSchema>;

const coderSchema = { coder: memberIdSchema, coderName: z.string() };

/** What a training task’s coders got right and wrong. */
export const trainingReportSchema = z.strictObject({
  /** The project’s as it is now; each round has that of its day. */
  passMark: z.number(),
  /** Every finished time through, coder by coder. */
  rounds: z.array(
    z.strictObject({
      ...coderSchema,
      ...shareRightSchema.shape,
      round: z.int().positive(),
      finishedAt: instantSchema,
      passMark: z.number(),
      passed: z.boolean(),
      /** Whether its coder is through with the training by it, so that a manager may allow another time. */
      last: z.boolean(),
    }),
  ),
  /** All answers of all rounds, unfinished ones too, by the kind of gold as it is now. */
  confusion: z.strictObject({
    /** The kinds of answers that came up. */
    answers: z.array(z.string()),
    rows: z.array(
      z.strictObject({
        gold: z.string(),
        ...shareRightSchema.shape,
        /** How often each kind was answered; of gold’s own kind some may still be wrong. */
        counts: z.array(z.int()),
      }),
    ),
  }),
  /** Different units that were asked at all. */
  unitsAsked: z.int(),
  /** Units that somebody got wrong; those surely wrong most often first. */
  questions: z.array(
    z.strictObject({
      ...shareRightSchema.shape,
      unitId: unitIdSchema,
      label: z.string(),
      /** The item it stands in. */
      place: z.string(),
      gold: z.string(),
      /** What was said instead most often, and how often. */
      instead: z.strictObject({ words: z.string(), times: z.int() }).nullable(),
      /** Whether somebody has written down why gold is what it is. */
      explained: z.boolean(),
    }),
  ),
});
export type TrainingReport = z.infer<typeof trainingReportSchema>;

/** What a task’s coders are worth, by answers whose gold they did not know of. */
export const ratingReportSchema = z.strictObject({
  /** The share of units with gold that count. */
  hiddenGoldRate: z.number(),
  trainingTaskId: taskIdSchema.nullable(),
  coders: z.array(
    z.strictObject({
      ...coderSchema,
      /** The first answers to the units of training, gold being shown only afterwards; null where there are none. */
      training: shareRightSchema.nullable(),
      /** Hidden gold answered so far; null where there is none. */
      hidden: shareRightSchema.nullable(),
      /** The rating that is stored with judgements from now on: both together. */
      rating: shareRightSchema.nullable(),
      /** Hidden gold up to the end of each day (UTC) on which some was answered. */
      days: z.array(z.strictObject({ day: z.iso.date(), ...shareRightSchema.shape })),
    }),
  ),
});
export type RatingReport = z.infer<typeof ratingReportSchema>;

export const trainingTableSchema = z.enum(['rounds', 'confusion', 'questions', 'ratings']);
export type TrainingTable = z.infer<typeof trainingTableSchema>;
