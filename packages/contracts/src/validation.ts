import { z } from 'zod';
import {
  itemIdSchema,
  judgementIdSchema,
  memberIdSchema,
  sectionIdSchema,
  shownReadingIdSchema,
  submissionIdSchema,
  taskIdSchema,
  unitIdSchema,
  validationIdSchema,
  validationLeaseIdSchema,
} from './ids.ts';
import { itemContentSchema } from './collection.ts';
import { commentSchema, instantSchema } from './text.ts';

export const verdictSchema = z.enum(['agree', 'disagree', 'unsure']);
export type Verdict = z.infer<typeof verdictSchema>;

export const validationSubmissionSchema = z.strictObject({
  submissionId: submissionIdSchema,
  shownReadingId: shownReadingIdSchema,
  verdict: verdictSchema,
  /**
   * With `disagree`: what the validator answers instead, in the task type's own shape. May be left out where an
   * earlier disagreement on the same unit gave it.
   */
  answer: z.json().optional(),
  comment: commentSchema.optional(),
  /** The submission that this one replaces: the validator's latest on this reading. Absent on the first. */
  supersedes: submissionIdSchema.optional(),
  /** From the reading being shown to the verdict, in milliseconds. */
  elapsedMs: z.int().min(0).max(86_400_000),
});
/** One verdict on its way to the server. */
export type ValidationSubmission = z.infer<typeof validationSubmissionSchema>;

/** A verdict with the reading that it is on, as researchers take it out. */
export const validationRowSchema = z.strictObject({
  id: validationIdSchema,
  submissionId: submissionIdSchema,
  taskId: taskIdSchema,
  sectionId: sectionIdSchema,
  unitId: unitIdSchema,
  itemId: itemIdSchema,
  unitKey: z.string(),
  coder: memberIdSchema,
  coderName: z.string(),
  /** The round of the conference in which the reading was shown, from 1. */
  round: z.int(),
  shownReadingId: shownReadingIdSchema,
  /** The judgement that stood for the reading. */
  shownJudgement: judgementIdSchema,
  /** What that judgement said. */
  shownAnswer: z.json(),
  verdict: verdictSchema,
  /** The judgement of what was answered instead; null where the verdict is not `disagree`. */
  ownJudgement: judgementIdSchema.nullable(),
  ownAnswer: z.json().nullable(),
  comment: z.string().nullable(),
  guidelineVersion: z.int().nullable(),
  coderRating: z.number().nullable(),
  elapsedMs: z.int(),
  extra: z.boolean(),
  /** The verdict that this one replaced. */
  supersedes: validationIdSchema.nullable(),
  /** Whether a later verdict replaced this one. */
  superseded: z.boolean(),
  receivedAt: instantSchema,
});
export type ValidationRow = z.infer<typeof validationRowSchema>;

/** The same submission always gets the same receipt. */
export const validationReceiptSchema = z.strictObject({
  submissionId: submissionIdSchema,
  validationId: validationIdSchema,
  receivedAt: instantSchema,
  /** True where the validator's place was taken by then: kept, left out of counts. */
  extra: z.boolean(),
});
export type ValidationReceipt = z.infer<typeof validationReceiptSchema>;

const unitInContextSchema = z.strictObject({
  id: unitIdSchema,
  itemId: itemIdSchema,
  key: z.string(),
  /** The task type's own unit. */
  content: z.json(),
});

/** A section whose readings one coder validates, with all that is needed to do it offline. It names nobody. */
export const validationLeaseSchema = z.strictObject({
  id: validationLeaseIdSchema,
  taskId: taskIdSchema,
  taskName: z.string(),
  taskType: z.string(),
  protocol: z.record(z.string(), z.json()),
  section: z.strictObject({ id: sectionIdSchema, name: z.string() }),
  expiresAt: instantSchema,
  /** Without gold. */
  items: z.array(
    z.strictObject({ id: itemIdSchema, version: z.int(), name: z.string(), content: itemContentSchema }),
  ),
  /** All units of these items in reading order, for answers that point at them. */
  units: z.array(unitInContextSchema),
  /** What is to be validated, in the order in which it is shown; the readings of a unit stand together. */
  shown: z.array(z.strictObject({ id: shownReadingIdSchema, unitId: unitIdSchema, answer: z.json() })),
  /** This coder’s own latest verdicts. */
  validations: z.array(
    z.strictObject({
      shownReadingId: shownReadingIdSchema,
      submissionId: submissionIdSchema,
      verdict: verdictSchema,
      comment: z.string().nullable(),
    }),
  ),
  /** What this coder answered instead, a unit each. */
  ownAnswers: z.array(z.strictObject({ unitId: unitIdSchema, answer: z.json() })),
});
export type ValidationLease = z.infer<typeof validationLeaseSchema>;

export const validationClaimSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('lease'), lease: validationLeaseSchema }),
  z.discriminatedUnion('reason', [
    z.strictObject({
      kind: z.literal('none'),
      /** `none-left`: nothing to validate that this coder has not annotated, or others are at it. */
      reason: z.enum(['none-left', 'not-open']),
    }),
    z.strictObject({
      kind: z.literal('none'),
      /** The task's training is to be passed first. */
      reason: z.literal('training-needed'),
      trainingTaskId: taskIdSchema,
    }),
  ]),
]);
export type ValidationClaim = z.infer<typeof validationClaimSchema>;
