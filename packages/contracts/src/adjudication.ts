import { z } from 'zod';
import { itemContentSchema } from './collection.ts';
import { contestSchema } from './contest.ts';
import { adjudicationIdSchema, itemIdSchema, taskIdSchema, unitIdSchema } from './ids.ts';
import { pageQuerySchema } from './page.ts';
import { commentSchema, instantSchema } from './text.ts';

const adjudicationKindSchema = z.enum(['decide', 'keep-several', 'send-back', 'reopen']);
const outcomeStateSchema = z.enum(['agreed', 'settled', 'disputed', 'unanswered']);
const sectionStageSchema = z.enum(['annotation', 'validation', 'adjudication', 'closed']);

/**
 * What is laid on the bench: what waits for a decision, what coders contest, what some
 * answered and put right, what nobody answered, what is decided.
 */
export const benchFilterSchema = z.enum(['disputed', 'contested', 'corrected', 'unanswered', 'decided']);
export type BenchFilter = z.infer<typeof benchFilterSchema>;

export const benchQuerySchema = z.strictObject({
  ...pageQuerySchema.shape,
  filter: benchFilterSchema.default('disputed'),
});
export type BenchQuery = z.infer<typeof benchQuerySchema>;

export const unitOnBenchSchema = z.strictObject({
  unitId: unitIdSchema,
  label: z.string(),
  place: z.string(),
  state: outcomeStateSchema,
  /** 1 − the probability of the most probable reading; 1 where there is none. */
  uncertainty: z.number(),
  readings: z.int(),
  /** Contests that wait for an answer. */
  contests: z.int(),
  /** The decision that stands. */
  decided: z.enum(['decide', 'keep-several']).nullable(),
});
export type UnitOnBench = z.infer<typeof unitOnBenchSchema>;

/** Several readings may stand side by side, one heavier than another. */
const weight = z.number().positive().max(1000);
/** The adjudication that the caller saw last on the unit; null where there was none. */
const supersedes = adjudicationIdSchema.nullable();
const reason = commentSchema.optional();

export const adjudicateSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('decide'),
    answer: z.json(),
    /** Whether the answer becomes gold, for training and for scoring coders. */
    asGold: z.boolean(),
    reason,
    supersedes,
  }),
  z.strictObject({
    kind: z.literal('keep-several'),
    answers: z
      .array(z.strictObject({ answer: z.json(), weight: weight.optional() }))
      .min(2)
      .max(20),
    reason,
    supersedes,
  }),
  z.strictObject({ kind: z.literal('send-back'), reason, supersedes }),
  z.strictObject({ kind: z.literal('reopen'), reason, supersedes: adjudicationIdSchema }),
]);
/** What an adjudicator does with a unit. */
export type Adjudicate = z.infer<typeof adjudicateSchema>;

export const adjudicationSchema = z.strictObject({
  id: adjudicationIdSchema,
  kind: adjudicationKindSchema,
  answers: z.array(z.strictObject({ answer: z.json(), words: z.string(), weight: z.number().nullable() })),
  reason: z.string().nullable(),
  asGold: z.boolean(),
  /** Who did it. */
  by: z.string(),
  at: instantSchema,
});
export type Adjudication = z.infer<typeof adjudicationSchema>;

export const adjudicatedSchema = z.strictObject({
  id: adjudicationIdSchema,
  /** Where the unit's section stands now. */
  stage: sectionStageSchema,
});
export type Adjudicated = z.infer<typeof adjudicatedSchema>;

const names = z.array(z.string());

/** A unit with all that an adjudicator needs. Nobody is named, and nothing tells two coders apart, until it is decided. */
export const unitToAdjudicateSchema = z.strictObject({
  unitId: unitIdSchema,
  taskId: taskIdSchema,
  taskType: z.string(),
  protocol: z.record(z.string(), z.json()),
  key: z.string(),
  label: z.string(),
  place: z.string(),
  content: z.json(),
  itemId: itemIdSchema,
  item: itemContentSchema,
  /** The units of the same item that an answer may point at: those before this one, in reading order. */
  earlier: z.array(z.strictObject({ id: unitIdSchema, key: z.string(), content: z.json() })),
  stage: sectionStageSchema,
  /** Null while its coders are at work. */
  state: outcomeStateSchema.nullable(),
  uncertainty: z.number().nullable(),
  /** The most probable first. */
  readings: z.array(
    z.strictObject({
      key: z.string(),
      answer: z.json(),
      words: z.string(),
      probability: z.number(),
      annotators: z.int(),
      agreed: z.int(),
      disagreed: z.int(),
      gaveInstead: z.int(),
      /** Null until the unit is decided. */
      supporters: z
        .strictObject({ annotators: names, agreed: names, disagreed: names, gaveInstead: names })
        .nullable(),
    }),
  ),
  /** In an order that says nothing of who wrote them. */
  comments: z.array(
    z.strictObject({
      text: z.string(),
      stage: z.enum(['annotation', 'validation']),
      /** What its writer said of the unit, in words. */
      beside: z.string(),
      by: z.string().nullable(),
    }),
  ),
  contests: z.array(contestSchema),
  /** What its coders put right of what they were shown; null where answers of this kind put nothing right. */
  corrections: z
    .strictObject({
      /** How many answered and left it as it was shown. */
      left: z.int(),
      /** The property of an answer that holds a correction. */
      property: z.string(),
      /** The most wanted first. */
      proposed: z.array(
        z.strictObject({
          correction: z.json(),
          words: z.string(),
          coders: z.int(),
          /** Null until the unit is decided. */
          supporters: names.nullable(),
        }),
      ),
    })
    .nullable(),
  gold: z.strictObject({ words: z.string(), source: z.string() }).nullable(),
  /** What was done so far, the last first. */
  history: z.array(adjudicationSchema),
  /** What the caller himself said of the unit as a coder: he would be judging his own answer. */
  tookPart: z.enum(['annotated', 'validated']).nullable(),
});
export type UnitToAdjudicate = z.infer<typeof unitToAdjudicateSchema>;
