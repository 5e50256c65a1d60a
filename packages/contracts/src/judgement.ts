import { z } from 'zod';
import {
  itemIdSchema,
  judgementIdSchema,
  leaseIdSchema,
  memberIdSchema,
  sectionIdSchema,
  submissionIdSchema,
  taskIdSchema,
  unitIdSchema,
} from './ids.ts';
import { itemContentSchema } from './collection.ts';
import { commentSchema, instantSchema } from './text.ts';

/** What a coder did with a unit. The answer's own shape belongs to the task type. */
export const actSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('answer'), answer: z.json() }),
  z.strictObject({ kind: z.literal('skip'), reason: z.string().min(1).max(60) }),
  /** Takes back what it supersedes and leaves the unit open. */
  z.strictObject({ kind: z.literal('withdrawal') }),
]);
export type Act = z.infer<typeof actSchema>;

/** How certain a coder is of an answer. */
const confidenceSchema = z.enum(['sure', 'unsure']);
export type Confidence = z.infer<typeof confidenceSchema>;

/** What a comment is about, by a code that the task type knows. */
const commentKindSchema = z.string().min(1).max(60);

const submissionFieldsSchema = z.strictObject({
  submissionId: submissionIdSchema,
  unitId: unitIdSchema,
  act: actSchema,
  /** Said with answers only. Absent where it was not asked for: nothing is known then. */
  confidence: confidenceSchema.optional(),
  comment: commentSchema.optional(),
  /** May stand without a comment: the kind says enough. */
  commentKind: commentKindSchema.optional(),
  /** The submission that this one replaces: the coder's latest on this unit. Absent on the first. */
  supersedes: submissionIdSchema.optional(),
  /** From the question being answerable to the answer, in milliseconds. */
  elapsedMs: z.int().min(0).max(86_400_000),
});
export const submissionSchema = submissionFieldsSchema.refine(
  ({ act, confidence }) => act.kind === 'answer' || confidence === undefined,
  { message: 'only an answer is sure or unsure', path: ['confidence'] },
);
/** One judgement on its way to the server. */
export type Submission = z.infer<typeof submissionSchema>;

/** The same submission always gets the same receipt. */
export const receiptSchema = z.strictObject({
  submissionId: submissionIdSchema,
  judgementId: judgementIdSchema,
  receivedAt: instantSchema,
  /** True where the coder's place was taken by then: kept, shown, left out of counts by default. */
  extra: z.boolean(),
});
export type Receipt = z.infer<typeof receiptSchema>;

export const ownJudgementSchema = z.strictObject({
  unitId: unitIdSchema,
  submissionId: submissionIdSchema,
  act: actSchema,
  confidence: confidenceSchema.nullable(),
  comment: z.string().nullable(),
  commentKind: z.string().nullable(),
});

export type OwnJudgement = z.infer<typeof ownJudgementSchema>;

/** A section on loan to one coder, with all that is needed to work on it offline. */
export const leaseSchema = z.strictObject({
  id: leaseIdSchema,
  taskId: taskIdSchema,
  taskName: z.string(),
  taskType: z.string(),
  contractVersion: z.int(),
  guidelineVersion: z.int().nullable(),
  protocol: z.record(z.string(), z.json()),
  section: z.strictObject({
    id: sectionIdSchema,
    position: z.int(),
    /** How many sections the task has. */
    of: z.int(),
    name: z.string(),
  }),
  expiresAt: instantSchema,
  deadline: instantSchema.nullable(),
  /** The items that the section's units stand in, without gold. */
  items: z.array(
    z.strictObject({ id: itemIdSchema, version: z.int(), name: z.string(), content: itemContentSchema }),
  ),
  /** In the order in which they are to be judged. */
  units: z.array(
    z.strictObject({
      id: unitIdSchema,
      itemId: itemIdSchema,
      key: z.string(),
      /** The task type's own unit. */
      content: z.json(),
    }),
  ),
  /** This coder's own latest judgements in this section and earlier ones of the same items. */
  judgements: z.array(ownJudgementSchema),
  /** Units of earlier sections of the same items that this coder judged, so that answers may point at them. */
  earlierUnits: z.array(
    z.strictObject({ id: unitIdSchema, itemId: itemIdSchema, key: z.string(), content: z.json() }),
  ),
});
export type Lease = z.infer<typeof leaseSchema>;

export const claimSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('lease'), lease: leaseSchema }),
  z.discriminatedUnion('reason', [
    z.strictObject({
      kind: z.literal('none'),
      /** `all-taken`: others hold what is left. `all-done`: this coder has judged all there is. */
      reason: z.enum(['all-taken', 'all-done', 'not-open']),
    }),
    z.strictObject({
      kind: z.literal('none'),
      /** The task's training is to be passed first. */
      reason: z.literal('training-needed'),
      trainingTaskId: taskIdSchema,
    }),
  ]),
]);
export type Claim = z.infer<typeof claimSchema>;

/** A stored judgement as researchers take it out. */
export const judgementRowSchema = z.strictObject({
  id: judgementIdSchema,
  /** The id again for what came in a file. */
  submissionId: submissionIdSchema,
  taskId: taskIdSchema,
  unitId: unitIdSchema,
  itemId: itemIdSchema,
  itemName: z.string(),
  unitKey: z.string(),
  /** Whether a member gave it here, or it came in a file: of a person outside the project, or of a machine. */
  source: z.enum(['member', 'outside', 'machine']),
  coder: memberIdSchema,
  coderName: z.string(),
  occasion: z.int(),
  stage: z.string(),
  act: actSchema,
  /** Null where the act is no answer, or was given before coders were asked. */
  confidence: confidenceSchema.nullable(),
  comment: z.string().nullable(),
  /** One of the task type’s kinds of comment; it may stand without a comment. */
  commentKind: z.string().nullable(),
  /** Of the contract that the answer was read by. */
  contractVersion: z.int(),
  itemVersion: z.int(),
  guidelineVersion: z.int().nullable(),
  coderRating: z.number().nullable(),
  /** Null where the file that it came in does not say. */
  elapsedMs: z.int().nullable(),
  informed: z.boolean(),
  extra: z.boolean(),
  /** The judgement that this one replaced; files name none. */
  supersedes: judgementIdSchema.nullable(),
  /** Whether a later judgement replaced this one. */
  superseded: z.boolean(),
  receivedAt: instantSchema,
});
export type JudgementRow = z.infer<typeof judgementRowSchema>;
