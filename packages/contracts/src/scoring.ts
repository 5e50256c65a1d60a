import { z } from 'zod';
import { commentSchema, instantSchema } from './text.ts';

const pointsSchema = z.int().min(0).max(1000);
/** What an answer earns if the reading it gave is right, and if it is wrong. In between it is weighed. */
const stakeSchema = z.strictObject({ right: pointsSchema, wrong: pointsSchema });
type Stakes = Readonly<Record<'sure' | 'unsure', z.infer<typeof stakeSchema>>>;

/**
 * How probable a reading must seem to its coder for “sure” to be expected to earn more than “unsure”: the two
 * payoffs, linear in the probability, cross there. A scoring rule is proper if honesty is the best policy; a report
 * of two values is proper for the threshold at which it changes (Gneiting and Raftery 2007).
 */
export function breakEvenOf({ sure, unsure }: Stakes): number {
  const kept = unsure.wrong - sure.wrong;
  return kept / (kept + sure.right - unsure.right);
}

const LEAST_BREAK_EVEN = 0.5;
const MOST_BREAK_EVEN = 0.95;

const titleSchema = z.string().trim().min(1).max(60);
const rankSchema = z.strictObject({ from: z.int().min(0).max(100_000_000), title: titleSchema });

const countSchema = z.int().min(1).max(1_000_000);
/** What a badge is for. Probabilities are those of the readings that the coder’s scored answers gave. */
const badgeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('judged'), title: titleSchema, from: countSchema }),
  z.strictObject({ kind: z.literal('handed-in'), title: titleSchema, from: countSchema }),
  /** So many sure answers, right so often as this on average. */
  z.strictObject({
    kind: z.literal('sure'),
    title: titleSchema,
    from: countSchema,
    atLeast: z.number().min(0).max(1),
  }),
  /** So many doubts, of which no more than this were needless. */
  z.strictObject({
    kind: z.literal('unsure'),
    title: titleSchema,
    from: countSchema,
    atMost: z.number().min(0).max(1),
  }),
  z.strictObject({ kind: z.literal('minority'), title: titleSchema, from: countSchema }),
]);
export type Badge = z.infer<typeof badgeSchema>;

/** What earns points in a project. Nothing here knows of speed. */
export const scoringRulesSchema = z
  .strictObject({
    coverage: z.strictObject({
      /** For each unit answered, or skipped with a reason. */
      annotated: pointsSchema,
      /** For each reading that was agreed or disagreed with. */
      validated: pointsSchema,
      /** For a section handed in. */
      handedIn: pointsSchema,
    }),
    /** Once the section is closed: for the reading that the answer gave. */
    support: z.strictObject({ sure: stakeSchema, unsure: stakeSchema }),
    /** For a reading that fewer annotators gave than another one, and that was upheld. */
    minority: pointsSchema,
    /** For a disagreement that came with a comment and was upheld. */
    explained: pointsSchema,
    ranks: z.array(rankSchema).min(1).max(20),
    badges: z.array(badgeSchema).max(20),
  })
  .refine(
    ({ support: { sure, unsure } }) =>
      sure.right > unsure.right && unsure.right > unsure.wrong && unsure.wrong > sure.wrong,
    {
      path: ['support'],
      message: 'sure and right must earn most, then unsure and right, unsure and wrong, sure and wrong',
    },
  )
  .refine(
    ({ support }) => {
      const at = breakEvenOf(support);
      return Number.isNaN(at) || (at >= LEAST_BREAK_EVEN && at <= MOST_BREAK_EVEN);
    },
    { path: ['support'], message: 'saying “sure” must pay from some probability between 50 % and 95 %' },
  )
  .refine(({ minority, support: { sure } }) => 2 * minority >= sure.right - sure.wrong, {
    path: ['minority'],
    message:
      'a lone right answer must earn at least what a common one does: half of what sure answers can win or lose',
  })
  .refine(
    ({ ranks }) =>
      ranks.every(({ from }, place) => (place === 0 ? from === 0 : from > (ranks[place - 1]?.from ?? 0))),
    {
      path: ['ranks'],
      message: 'the first rank is reached with 0 points, each other with more than the one before',
    },
  );
export type ScoringRules = z.infer<typeof scoringRulesSchema>;

/** Version 1 of every project, until a manager writes another. */
export const FIRST_SCORING_RULES: ScoringRules = {
  coverage: { annotated: 10, validated: 10, handedIn: 50 },
  support: { sure: { right: 100, wrong: 0 }, unsure: { right: 90, wrong: 30 } },
  minority: 50,
  explained: 30,
  ranks: [
    { from: 0, title: 'Passer-by' },
    { from: 500, title: 'Witness' },
    { from: 2_500, title: 'Constable' },
    { from: 10_000, title: 'Sergeant' },
    { from: 30_000, title: 'Inspector' },
    { from: 80_000, title: 'Chief inspector' },
    { from: 200_000, title: 'Consulting detective' },
  ],
  badges: [
    { kind: 'judged', from: 100, title: 'A hundred phrases' },
    { kind: 'judged', from: 1_000, title: 'Well thumbed' },
    { kind: 'handed-in', from: 10, title: 'Ten files closed' },
    { kind: 'sure', from: 50, atLeast: 0.9, title: 'Sure with reason' },
    { kind: 'unsure', from: 10, atMost: 0.75, title: 'Reasonable doubt' },
    { kind: 'minority', from: 1, title: 'Against the room' },
  ],
};

/** Whether names stand beside each other: for all members, nobody but oneself, not at all. */
export const boardSettingSchema = z.enum(['open', 'private', 'off']);
export type BoardSetting = z.infer<typeof boardSettingSchema>;

export const writeScoringRulesSchema = z.strictObject({
  rules: scoringRulesSchema,
  /** What changed and why, in a sentence for the players. */
  note: commentSchema.optional(),
});
export const previewScoringRulesSchema = z.strictObject({ rules: scoringRulesSchema });
const standingSchema = z.strictObject({
  points: z.int(),
  /** By points, among all; equal points share one. */
  place: z.int().positive(),
  rank: z.string(),
});
/** The board as it is, and as it would be had these rules been in force from the beginning. For managers. */
export const scoringPreviewSchema = z.strictObject({
  rows: z.array(z.strictObject({ name: z.string(), now: standingSchema, then: standingSchema })),
});

const rulesVersionSchema = z.strictObject({
  version: z.int().positive(),
  rules: scoringRulesSchema,
  note: z.string().nullable(),
  /** Null for the rules that every project begins with. */
  author: z.string().nullable(),
  createdAt: instantSchema.nullable(),
});
export const scoringSchema = z.strictObject({
  /** Newest first; what is earned is earned by the version in force at that moment. */
  versions: z.array(rulesVersionSchema).min(1),
  board: boardSettingSchema,
  /** Whether the caller stays off the board; null who has no place in the project. */
  staysOff: z.boolean().nullable(),
});
export const changeBoardSchema = z.strictObject({ board: boardSettingSchema });
export const ownBoardSchema = z.strictObject({ staysOff: z.boolean() });

export const boardPeriodSchema = z.union([
  z.literal('all'),
  /** A month in UTC: `2026-11`. */
  z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])$/u, 'a month is written like 2026-11'),
]);
export const boardSchema = z.strictObject({
  setting: boardSettingSchema,
  period: boardPeriodSchema,
  /** Months in which something was earned, newest first. */
  months: z.array(z.string()),
  rows: z.array(
    z.strictObject({
      /** Equal points share a place. Null where places are not shown. */
      place: z.int().positive().nullable(),
      name: z.string(),
      points: z.int(),
      /** Whether it is the caller. */
      own: z.boolean(),
      /** Whether others who are no managers never see this row. */
      staysOff: z.boolean(),
    }),
  ),
});
