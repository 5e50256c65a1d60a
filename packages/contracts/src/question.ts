import { z } from 'zod';
import { decisionNumberSchema } from './decision.ts';
import { memberIdSchema, projectIdSchema, questionIdSchema, taskIdSchema, unitIdSchema } from './ids.ts';
import { commentSchema, instantSchema } from './text.ts';

export const askSchema = z.strictObject({
  /** Made by the client, so that a question sent twice is asked once. */
  questionId: questionIdSchema,
  /** A unit of a section that the caller has or had; null where it is about the guidelines. */
  unitId: unitIdSchema.nullable(),
  text: commentSchema,
});
export type Ask = z.infer<typeof askSchema>;

export const answerQuestionSchema = z.strictObject({ text: z.string().trim().min(1).max(4000) });

/** A question as its asker and managers see it; nobody else does. */
export const questionSchema = z.strictObject({
  id: questionIdSchema,
  asker: z.strictObject({ memberId: memberIdSchema, name: z.string() }),
  text: z.string(),
  createdAt: instantSchema,
  /** The guidelines in force then; null where there were none. */
  guidelineVersion: z.int().nullable(),
  /** Null where it is about the guidelines. */
  unit: z
    .strictObject({
      unitId: unitIdSchema,
      taskId: taskIdSchema,
      taskName: z.string(),
      label: z.string(),
      place: z.string(),
      /** What the asker says of the unit at present, in words; null for nothing so far. */
      ownAnswer: z.string().nullable(),
    })
    .nullable(),
  /** In the order in which they were given; managers' own words and nothing else. */
  answers: z.array(
    z.strictObject({
      text: z.string(),
      author: z.string(),
      createdAt: instantSchema,
      /** Whether it was shown to the asker. */
      seen: z.boolean(),
    }),
  ),
  /** Decisions that it led to, the withdrawn ones too. */
  decisions: z.array(decisionNumberSchema),
});
export type Question = z.infer<typeof questionSchema>;

/** What somebody is told of questions when they come to their desk. */
export const deskQuestionsSchema = z.strictObject({
  /** Projects with answers to the caller's own questions that were not shown to them yet. */
  answered: z.array(
    z.strictObject({ projectId: projectIdSchema, projectName: z.string(), answers: z.int() }),
  ),
  /** Projects that the caller manages, or stands in as an admin, with questions that nobody has answered. */
  open: z.array(z.strictObject({ projectId: projectIdSchema, projectName: z.string(), questions: z.int() })),
});
export type DeskQuestions = z.infer<typeof deskQuestionsSchema>;
