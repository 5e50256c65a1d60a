import { z } from 'zod';
import { agreementViewSchema, estimateSchema } from './agreement.ts';
import { decisionNumberSchema } from './decision.ts';
import { memberIdSchema, taskIdSchema, unitIdSchema } from './ids.ts';
import { pageOf } from './page.ts';
import { instantSchema, nameSchema } from './text.ts';

/** How many units a rule by rank or by hand may choose. */
export const MOST_CHOSEN = 5_000;

/** How the units of a task are chosen that are to be judged again. */
export const secondLookRuleSchema = z.discriminatedUnion('kind', [
  /** Units with a standing judgement from before a version of the guidelines, or from before there were any. */
  z.strictObject({ kind: z.literal('before-version'), version: z.int().positive() }),
  z.strictObject({
    kind: z.literal('differing'),
    /** Mean distance between two coders, or 1 − the probability of the most probable reading. */
    by: z.enum(['disagreement', 'uncertainty']),
    /** Units below are left out, and those with 0. */
    least: z.number().min(0).max(1),
    /** The worst of them; null for all. */
    most: z.int().min(1).max(MOST_CHOSEN).nullable(),
  }),
  /** Units that a coder asked about. */
  z.strictObject({
    kind: z.literal('asked-about'),
    /** Only where the question led to a decision that holds. */
    decided: z.boolean(),
    /** Only where it led to this one; null for any. */
    decision: decisionNumberSchema.nullable(),
  }),
  z.strictObject({
    kind: z.literal('by-hand'),
    unitIds: z.array(unitIdSchema).max(MOST_CHOSEN),
    /** Units by their number in the task, from 1 in the order of the text or list: `3, 17–20`. */
    numbers: z.string().max(5_000),
  }),
]);
export type SecondLookRule = z.infer<typeof secondLookRuleSchema>;

const codersSchema = z.array(memberIdSchema).max(50);

export const previewSecondLookSchema = z.strictObject({
  rule: secondLookRuleSchema,
  /** Who is to judge again; null for all who judged something of it and may still work. */
  coders: codersSchema.nullable(),
});

export const secondLookPreviewSchema = z.strictObject({
  /** Units that the rule chooses. */
  chosen: z.int(),
  /** Standing judgements on them. */
  judgements: z.int(),
  /** Chosen units of which none of the coders has judged anything: they are not asked. */
  leftOut: z.int(),
  /** What is asked: a chosen unit takes its document along, whole; a pair stands alone. */
  asked: z.strictObject({ units: z.int(), items: z.int(), judgements: z.int() }),
  coders: z.array(
    z.strictObject({
      memberId: memberIdSchema,
      name: z.string(),
      /** Whether they are an expert who may work now. */
      active: z.boolean(),
      /** Whether they are among those who are to judge again. */
      named: z.boolean(),
      /** Units that they would be asked, if named. */
      units: z.int(),
      /** Of these, units whose readings by others they were shown: judging those again is informed. */
      shown: z.int(),
    }),
  ),
  /** The first of the chosen, in the order of the text or list. */
  rows: z.array(
    z.strictObject({
      unitId: unitIdSchema,
      number: z.int(),
      label: z.string(),
      place: z.string(),
      /** Old judgements, disagreement, uncertainty or questions, as the rule counts them; null by hand. */
      weight: z.number().nullable(),
    }),
  ),
});
export type SecondLookPreview = z.infer<typeof secondLookPreviewSchema>;

/** A task over chosen units of an earlier one; all that is not said here is as it was there. */
export const makeSecondLookSchema = z.strictObject({
  name: nameSchema,
  rule: secondLookRuleSchema,
  coders: codersSchema.min(1),
  /** The seed of every random choice of the task; made where absent. */
  seed: z.int().min(0).max(0xffffffff).optional(),
});
export type MakeSecondLook = z.infer<typeof makeSecondLookSchema>;

/** Measures of agreement in both looks, over the same answers of the same coders, and how they changed. */
export const agreementChangeSchema = z.strictObject({
  ...agreementViewSchema.pick({ id: true, title: true, explanation: true }).shape,
  measures: z.array(
    z.strictObject({
      ...agreementViewSchema.shape.measures.element.pick({ id: true, title: true, meaning: true }).shape,
      before: estimateSchema,
      after: estimateSchema,
      /** After − before, both drawn from the same units or documents. */
      change: estimateSchema,
    }),
  ),
});
export type AgreementChange = z.infer<typeof agreementChangeSchema>;

/** Both looks side by side, over the units and coders that have a counted answer in each. */
export const looksComparedSchema = z.strictObject({
  computedAt: instantSchema,
  seed: z.int(),
  resamples: z.int(),
  units: z.int(),
  coders: z.int(),
  /** Answers of one coder to one unit in both looks, and those of them that changed to another reading. */
  cells: z.int(),
  changed: z.int(),
  /** The same of the units that were chosen, without what they took along. */
  chosen: z.strictObject({ cells: z.int(), changed: z.int() }),
  leftOut: z.strictObject({
    /** Answers in the second look that were given after seeing how others read the unit. */
    informed: z.int(),
    /** Counted answers in the second look whose coder has none in the first. */
    unpaired: z.int(),
    /** Units whose text or words were corrected in between. */
    corrected: z.int(),
  }),
  /** Null where this type of task compares no looks. */
  views: z.array(agreementChangeSchema).nullable(),
});
export type LooksCompared = z.infer<typeof looksComparedSchema>;

export const readLooksSchema = z.strictObject({
  /** The task that was looked at again. */
  of: taskIdSchema,
  /** Null before it is computed first. */
  latest: looksComparedSchema.nullable(),
  pending: z.boolean(),
});

/** An answer that changed. Who gave it is not said while either look’s unit waits on the bench. */
export const changedAnswerSchema = z.strictObject({
  unitId: unitIdSchema,
  label: z.string(),
  place: z.string(),
  /** Whether the unit was chosen, or was taken along. */
  chosen: z.boolean(),
  coder: z.string().nullable(),
  before: z.string(),
  after: z.string(),
});
export type ChangedAnswer = z.infer<typeof changedAnswerSchema>;
export const changedAnswersSchema = pageOf(changedAnswerSchema);
