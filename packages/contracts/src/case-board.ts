import { z } from 'zod';
import { itemContentSchema } from './collection.ts';
import { itemIdSchema, projectIdSchema, sectionIdSchema, taskIdSchema, unitIdSchema } from './ids.ts';
import { contestSchema, decisionInWordsSchema } from './contest.ts';
import { boardSettingSchema } from './scoring.ts';
import { instantSchema } from './text.ts';

export const workStageSchema = z.enum(['annotation', 'validation']);
export type WorkStage = z.infer<typeof workStageSchema>;

/** Why points were given, in numbers and without names. */
export const awardReasonSchema = z.discriminatedUnion('kind', [
  /** So many units, or readings, judged in a section that was handed in. */
  z.strictObject({ kind: z.literal('coverage'), judged: z.int() }),
  z.strictObject({ kind: z.literal('handed-in') }),
  z.strictObject({
    kind: z.literal('support'),
    confidence: z.enum(['sure', 'unsure']),
    probability: z.number(),
  }),
  /** So many of so many annotators gave this reading, and it was upheld. */
  z.strictObject({ kind: z.literal('minority'), gaveIt: z.int(), of: z.int() }),
  z.strictObject({ kind: z.literal('explained') }),
]);
export type AwardReason = z.infer<typeof awardReasonSchema>;

const awardSchema = z.strictObject({
  stage: workStageSchema,
  points: z.int(),
  /** Of the scoring rules. */
  ruleVersion: z.int(),
  earnedAt: instantSchema,
  reason: awardReasonSchema,
});

/** One coder’s own cases: nothing in it depends on others before a section is closed. */
export const caseBoardSchema = z.strictObject({
  projectId: projectIdSchema,
  projectName: z.string(),
  board: boardSettingSchema,
  /** Of the scoring rules in force. */
  rulesVersion: z.int().positive(),
  points: z.int(),
  rank: z.string(),
  /** Null at the highest. */
  nextRank: z.strictObject({ title: z.string(), from: z.int() }).nullable(),
  /** In words what it is for. */
  badges: z.array(z.strictObject({ title: z.string(), words: z.string() })),
  files: z.array(
    z.strictObject({
      sectionId: sectionIdSchema,
      name: z.string(),
      taskId: taskIdSchema,
      taskName: z.string(),
      stage: workStageSchema,
      judged: z.int(),
      /** Units, or readings put before a validator. */
      of: z.int(),
      /** `closed`: nobody works on it any more, so that what was earned can be explained. */
      /** `to-judge-again`: handed in, and closed to the coder until a second look at it is handed in as well. */
      state: z.enum(['in-hand', 'handed-in', 'to-judge-again', 'closed']),
      points: z.int(),
    }),
  ),
});
export type CaseBoard = z.infer<typeof caseBoardSchema>;

/** A closed section as one of its coders may see it: what became of each answer, and what it earned. */
export const explanationSchema = z.strictObject({
  taskId: taskIdSchema,
  taskName: z.string(),
  taskType: z.string(),
  name: z.string(),
  points: z.int(),
  /** For the section as a whole. */
  awards: z.array(awardSchema),
  items: z.array(z.strictObject({ id: itemIdSchema, name: z.string(), content: itemContentSchema })),
  /** In reading order; those that the caller judged. */
  units: z.array(
    z.strictObject({
      unitId: unitIdSchema,
      itemId: itemIdSchema,
      label: z.string(),
      /** The task type’s own unit. */
      content: z.json(),
      /** `open`: it lies with the adjudicator. `decided`: he said what holds, whatever the votes. */
      state: z.enum(['agreed', 'settled', 'decided', 'open', 'unanswered']),
      /** What the adjudicator took for right, in words, and why; null where no decision stands. */
      decision: decisionInWordsSchema.nullable(),
      /** How many annotated it, skips left out, and how many validated its readings. */
      annotators: z.int(),
      validators: z.int(),
      /** Whether the caller annotated it or validated what others read; what he said of it, where that is no reading. */
      stage: workStageSchema,
      skipped: z.string().nullable(),
      /** The most probable first. */
      readings: z.array(
        z.strictObject({
          answer: z.json(),
          words: z.string(),
          /** Whether it is what the caller answered or agreed with. */
          own: z.boolean(),
          upheld: z.boolean(),
          probability: z.number(),
          annotators: z.int(),
          agreed: z.int(),
          disagreed: z.int(),
          gaveInstead: z.int(),
        }),
      ),
      awards: z.array(awardSchema),
      /** The caller’s objection, and what the adjudicator said to it; null where there is none. */
      contest: contestSchema.pick({ reason: true, at: true, answer: true }).nullable(),
      /** Whether the caller may object: his reading fell, nobody is at work, and he has not objected before. */
      mayContest: z.boolean(),
    }),
  ),
});
export type Explanation = z.infer<typeof explanationSchema>;
