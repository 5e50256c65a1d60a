import {
  itemIdSchema,
  judgementIdSchema,
  memberIdSchema,
  scoringRulesSchema,
  sectionIdSchema,
  taskIdSchema,
  unitIdSchema,
  validationIdSchema,
} from '@casebook/contracts';
import { z } from 'zod';

const stage = z.enum(['annotation', 'validation']);

/** The rows of a release, by file below `data/`. Ids count up from 1; moments too, in the order of time. */
export const rowSchemas = {
  tasks: z.strictObject({
    id: taskIdSchema,
    name: z.string(),
    type: z.string(),
    contractVersion: z.int(),
    phase: z.string(),
    wanted: z.int(),
    protocol: z.unknown(),
    seed: z.number(),
    resamples: z.int(),
  }),
  coders: z.strictObject({
    id: memberIdSchema,
    kind: z.enum(['member', 'human', 'machine']),
    /** Of machines only. */
    name: z.string().nullable(),
  }),
  documents: z.strictObject({ id: itemIdSchema, version: z.int(), name: z.string(), content: z.unknown() }),
  sections: z.strictObject({
    id: sectionIdSchema,
    task: taskIdSchema,
    name: z.string(),
    stage: z.enum(['annotation', 'validation', 'adjudication', 'closed']),
  }),
  units: z.strictObject({
    id: unitIdSchema,
    task: taskIdSchema,
    section: sectionIdSchema,
    item: itemIdSchema,
    itemVersion: z.int(),
    key: z.string(),
    content: z.unknown(),
    gold: z.unknown(),
    /** What is taken for right, decided or else gold. */
    reference: z.unknown(),
    /** What an adjudicator decided for, the heaviest first; null where no decision stands. */
    kept: z.array(z.unknown()).nullable(),
    decidedAt: z.int().nullable(),
  }),
  judgements: z.strictObject({
    id: judgementIdSchema,
    task: taskIdSchema,
    section: sectionIdSchema,
    unit: unitIdSchema,
    coder: memberIdSchema,
    outside: z.boolean(),
    stage,
    act: z.enum(['answer', 'skip', 'withdrawal']),
    occasion: z.int(),
    answer: z.unknown(),
    skipReason: z.string().nullable(),
    confidence: z.enum(['sure', 'unsure']).nullable(),
    commented: z.boolean(),
    informed: z.boolean(),
    extra: z.boolean(),
    rating: z.number().nullable(),
    day: z.string().nullable(),
    seconds: z.number().nullable(),
    /** Whether it is a vote on its unit, or an annotator's last word that passes it over. */
    counts: z.boolean(),
    /** Whether it is an act that earns points. */
    scored: z.boolean(),
  }),
  validations: z.strictObject({
    id: validationIdSchema,
    task: taskIdSchema,
    section: sectionIdSchema,
    unit: unitIdSchema,
    coder: memberIdSchema,
    judgement: judgementIdSchema,
    verdict: z.enum(['agree', 'disagree', 'unsure']),
    commented: z.boolean(),
    extra: z.boolean(),
    rating: z.number().nullable(),
    counts: z.boolean(),
  }),
  'hand-ins': z.strictObject({ section: sectionIdSchema, coder: memberIdSchema, stage, moment: z.int() }),
  'scoring-rules': z.strictObject({ version: z.int(), moment: z.int(), rules: scoringRulesSchema }),
  guidelines: z.strictObject({ version: z.int(), markdown: z.string() }),
} as const;

export type RowFile = keyof typeof rowSchemas;
export const ROW_FILES = Object.keys(rowSchemas) as readonly RowFile[];

/** Everything that was judged and by what rules, as a release holds it. */
export type ReleaseRows = { readonly [File in RowFile]: readonly z.output<(typeof rowSchemas)[File]>[] };
