import { z } from 'zod';
import { agreementViewSchema, estimateSchema } from './agreement.ts';
import { decisionNumberSchema } from './decision.ts';
import { memberIdSchema, taskIdSchema, unitIdSchema } from './ids.ts';
import { nameSchema } from './text.ts';

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

/** Both looks side by side, over the units and coders that have a counted answer in each. Computed when it is asked for. */
export const looksComparedSchema = z.strictObject({
  /** The task that was looked at again. */
  of: taskIdSchema,
  seed: z.int(),
  resamples: z.int(),
  units: z.int(),
  coders: z.int(),
  /** Answers of one coder to one unit in both looks, and those of them that changed to another reading. */
  cells: z.int(),
  changed: z.int(),
  /** Those that changed, in collection and reading order; at most 200, the rest stands in the table. */
  changes: z.array(
    z.strictObject({
      /** In the second look. */
      unitId: unitIdSchema,
      label: z.string(),
      /** The item it stands in. */
      place: z.string(),
      coder: memberIdSchema,
      coderName: z.string(),
      before: z.string(),
      after: z.string(),
    }),
  ),
  /** Counted answers in the second look whose coder has none in the first, or whose unit was corrected in between. */
  unpaired: z.int(),
  /** Null where this type of task compares no looks. */
  views: z.array(agreementChangeSchema).nullable(),
});
export type LooksCompared = z.infer<typeof looksComparedSchema>;
