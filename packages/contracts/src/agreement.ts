import { z } from 'zod';
import { memberIdSchema, unitIdSchema } from './ids.ts';
import { instantSchema } from './text.ts';

/** An estimate as it is shown: a value with its interval and n, or the reason why there is none. */
export const estimateSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('value'),
    value: z.number(),
    interval: z
      .strictObject({ low: z.number(), high: z.number(), level: z.number(), method: z.string() })
      .nullable(),
    /** Where there is no interval: why. */
    whyNoInterval: z.string().optional(),
    /** Units that the figure rests on. */
    units: z.int(),
    ratings: z.int(),
  }),
  z.strictObject({ kind: z.literal('undefined'), reason: z.string() }),
]);
export type ShownEstimate = z.infer<typeof estimateSchema>;

export const machineComparisonSchema = z.strictObject({
  machine: memberIdSchema,
  /** A person, or null for what most persons say. */
  against: memberIdSchema.nullable(),
  /** Units that the other side answered; on those alone the two are compared. */
  units: z.int(),
  /** Of these, units that the machine has a mention over. */
  found: z.int(),
  scores: z.array(z.strictObject({ measure: z.string(), estimate: estimateSchema })),
});
/** A machine's entities scored against a person's. */
export type MachineComparison = z.infer<typeof machineComparisonSchema>;

export const agreementViewSchema = z.strictObject({
  /** Stable name of what is compared: `decision-class`, `entities`, `rating`. */
  id: z.string(),
  title: z.string(),
  /** One sentence: what counts as the same. */
  explanation: z.string(),
  /** It tells of each coder alone, not of how coders agree, so that copies of a coder are not at its best. */
  ofCodersAlone: z.literal(true).optional(),
  coders: z.array(memberIdSchema),
  units: z.int(),
  ratings: z.int(),
  measures: z.array(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      /** In plain words what it measures, and what it leaves out of account. */
      meaning: z.string().optional(),
      estimate: estimateSchema,
    }),
  ),
  /** Each two coders, over the units that both judged. */
  pairs: z.array(
    z.strictObject({
      coders: z.tuple([memberIdSchema, memberIdSchema]),
      measure: z.string(),
      estimate: estimateSchema,
    }),
  ),
  /** For answers in a few categories: what was said by two coders of one unit, summed over pairs and units. */
  confusion: z
    .strictObject({
      categories: z.array(z.strictObject({ title: z.string(), specificAgreement: z.number().nullable() })),
      /** Symmetric: how many pairs of answers are of the row's and the column's category, in either order. */
      counts: z.array(z.array(z.int().nonnegative())),
    })
    .optional(),
  /** Machines beside the persons; they count in no other figure. */
  machines: z.array(machineComparisonSchema).optional(),
});
export type AgreementView = z.infer<typeof agreementViewSchema>;

export const agreementSchema = z.strictObject({
  computedAt: instantSchema,
  /** Judgements that went in: the latest of each coder on each unit, without extras and withdrawals. */
  judgements: z.int(),
  seed: z.int(),
  resamples: z.int(),
  views: z.array(agreementViewSchema),
  disagreements: z.int(),
});
export type Agreement = z.infer<typeof agreementSchema>;

export const disagreementSchema = z.strictObject({
  unitId: unitIdSchema,
  /** The unit in words: the phrase, the pair. */
  label: z.string(),
  /** Where it stands: the document, the block. */
  place: z.string(),
  /** 0 where all agree, 1 where no two do. */
  disagreement: z.number(),
  answers: z.array(z.strictObject({ coder: memberIdSchema, coderName: z.string(), answer: z.string() })),
});
export type Disagreement = z.infer<typeof disagreementSchema>;
