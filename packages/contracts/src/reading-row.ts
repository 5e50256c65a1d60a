import { z } from 'zod';
import {
  adjudicationIdSchema,
  itemIdSchema,
  judgementIdSchema,
  memberIdSchema,
  sectionIdSchema,
  taskIdSchema,
  unitIdSchema,
} from './ids.ts';
import { instantSchema } from './text.ts';

const coders = z.array(memberIdSchema);

/** One distinct answer to a unit. Coders stand by the ids that they have among judgements and verdicts. */
const readingSchema = z.strictObject({
  /** Equal for equal readings of the unit, within one file. */
  key: z.string(),
  answer: z.json(),
  words: z.string(),
  /** How many annotators gave it. */
  support: z.int(),
  /** That it is right, by `model` and `votes`; null where differing is no dispute. */
  probability: z.number().nullable(),
  annotators: coders,
  /** Validators who agreed with it where it was shown. */
  agreed: coders,
  disagreed: coders,
  /** Validators who gave it as their own answer. */
  gaveInstead: coders,
  /** The judgements that gave it, and that stand. */
  judgements: z.array(judgementIdSchema),
});

/** A unit with all its readings, and who decided which of them is right, and how. */
export const readingRowSchema = z.strictObject({
  taskId: taskIdSchema,
  sectionId: sectionIdSchema,
  /** What is said here may change until the section is closed, and later by the bench. */
  sectionStage: z.enum(['annotation', 'validation', 'adjudication', 'closed']),
  unitId: unitIdSchema,
  itemId: itemIdSchema,
  itemName: z.string(),
  unitKey: z.string(),
  label: z.string(),
  /** How many annotators passed the unit over. */
  skips: z.int(),
  /** By votes alone. Null while annotators are at work, and where differing is no dispute, as with ratings. */
  state: z.enum(['agreed', 'settled', 'disputed', 'unanswered']).nullable(),
  /** Whose say it was in the end; null where it is open. */
  decidedBy: z.enum(['annotators', 'validators', 'adjudicator']).nullable(),
  /** What later phrases are resolved against. */
  reference: z.enum(['adjudicator', 'gold', 'most-probable']).nullable(),
  /** The most probable first. */
  readings: z.array(readingSchema),
  /** The probability that none of them is right; null without readings or model. */
  noneOfThese: z.number().nullable(),
  /** Everybody’s vote, as it went into the probabilities. */
  votes: z.array(
    z.strictObject({
      coder: memberIdSchema,
      source: z.enum(['annotation', 'validation', 'outside']),
      /** What the coder was worth on gold when judging, as kept with the judgement or verdict; null where unknown. */
      rating: z.number().nullable(),
      /** What the model makes of that. */
      accuracy: z.number(),
      /** Keys of what the coder holds for right; several share the vote, none says nothing. */
      readings: z.array(z.string()),
    }),
  ),
  /** Null where differing is no dispute. */
  model: z
    .strictObject({
      name: z.literal('known-accuracies'),
      /** The accuracy of whoever has no rating, and the borders that ratings are kept between. */
      unknown: z.number(),
      least: z.number(),
      most: z.number(),
      /** From which probability on a unit counts as settled. */
      certainty: z.number(),
      /** How many validators must have had their say before; 0 where no conference is held. */
      validations: z.int(),
    })
    .nullable(),
  /** The adjudicator’s decision that stands. */
  decision: z
    .strictObject({
      id: adjudicationIdSchema,
      kind: z.enum(['decide', 'keep-several']),
      /** The heaviest first. `reading` is null where nobody had read it so. */
      answers: z.array(
        z.strictObject({
          answer: z.json(),
          words: z.string(),
          weight: z.number().nullable(),
          reading: z.string().nullable(),
        }),
      ),
      reason: z.string().nullable(),
      asGold: z.boolean(),
      at: instantSchema,
    })
    .nullable(),
  gold: z.strictObject({ answer: z.json(), words: z.string(), source: z.string() }).nullable(),
});
export type ReadingRow = z.infer<typeof readingRowSchema>;
