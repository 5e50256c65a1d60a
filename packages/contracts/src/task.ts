import { z } from 'zod';
import {
  collectionIdSchema,
  leaseIdSchema,
  memberIdSchema,
  sectionIdSchema,
  taskIdSchema,
  validationLeaseIdSchema,
} from './ids.ts';
import { secondLookRuleSchema } from './second-look.ts';
import { instantSchema, nameSchema } from './text.ts';

export const taskStateSchema = z.enum(['draft', 'open', 'paused', 'closed', 'archived']);
export type TaskState = z.infer<typeof taskStateSchema>;
export const taskPhaseSchema = z.enum(['pilot', 'production', 'training']);
export const sectionOrderSchema = z.enum(['reading', 'shuffled']);

export const makeTaskSchema = z.strictObject({
  name: nameSchema,
  collectionId: collectionIdSchema,
  /** The name of a registered task type. */
  type: z.string().min(1).max(60),
  phase: taskPhaseSchema,
  /** Coders wanted for each section or block. */
  wanted: z.int().min(1).max(50),
  order: sectionOrderSchema,
  /** The seed of every random choice of the task; made where absent. */
  seed: z.int().min(0).max(0xffffffff).optional(),
  /** Whoever comes, or only the coders named here. */
  coders: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('whoever-comes') }),
    z.strictObject({
      kind: z.literal('named'),
      named: z
        .array(z.strictObject({ memberId: memberIdSchema, deadline: instantSchema.nullable() }))
        .min(1)
        .max(500),
    }),
  ]),
  /** The task type's own protocol, parsed by its contract. */
  protocol: z.record(z.string(), z.json()),
  /** The task of the phase `training`, of the same type, that coders pass before they take sections; null for none. */
  trainingTaskId: taskIdSchema.nullable().default(null),
  /** The share of units with gold that count towards coders' ratings, unknown to them. */
  hiddenGoldRate: z.number().min(0).max(1).default(0),
  /** How many units a time through training asks, where the task trains coders. */
  trainingLength: z.int().min(5).max(50).default(12),
});
export type MakeTask = z.infer<typeof makeTaskSchema>;
export const changeTaskSchema = z.strictObject({ state: taskStateSchema.exclude(['draft']) });

export const taskSchema = z.strictObject({
  id: taskIdSchema,
  name: z.string(),
  type: z.string(),
  collectionId: collectionIdSchema,
  collectionName: z.string(),
  phase: taskPhaseSchema,
  state: taskStateSchema,
  wanted: z.int(),
  order: sectionOrderSchema,
  seed: z.int(),
  coders: makeTaskSchema.shape.coders,
  protocol: z.record(z.string(), z.json()),
  contractVersion: z.int(),
  trainingTaskId: taskIdSchema.nullable(),
  hiddenGoldRate: z.number(),
  trainingLength: z.int(),
  /** The task that this one looks at again, how its units were chosen there, and how many; null for a first look. */
  secondLook: z
    .strictObject({
      of: taskIdSchema,
      ofName: z.string(),
      rule: secondLookRuleSchema,
      chosen: z.int(),
    })
    .nullable(),
  createdAt: instantSchema,
  /** Planning runs in the background for large collections; a task opens when it is done. */
  planned: z.boolean(),
  /** Why it can’t be planned; null while it may be, and once it is. */
  planFailure: z.string().nullable(),
  counts: z.strictObject({
    sections: z.int(),
    units: z.int(),
    /** Sections for which as many coders as wanted have finished. */
    complete: z.int(),
    /**
     * Annotators' own that stand, answers and skips: in time, neither replaced nor taken back, none informed. What is
     * taken out by default has informed ones and those of validators besides, and says which they are.
     */
    judgements: z.int(),
    /** Sections in each stage. */
    stages: z.strictObject({
      annotation: z.int(),
      validation: z.int(),
      adjudication: z.int(),
      closed: z.int(),
    }),
    /** Verdicts of validators that stand, in time. */
    validations: z.int(),
  }),
});
export type Task = z.infer<typeof taskSchema>;

/** Where a section stands: annotated, its readings validated, decided by an adjudicator, or done. */
export const sectionStageSchema = z.enum(['annotation', 'validation', 'adjudication', 'closed']);
export type SectionStage = z.infer<typeof sectionStageSchema>;

export const leaseStateSchema = z.enum(['active', 'finished', 'returned', 'lapsed', 'reclaimed']);
export const sectionRowSchema = z.strictObject({
  id: sectionIdSchema,
  position: z.int(),
  name: z.string(),
  units: z.int(),
  wanted: z.int(),
  leases: z.array(
    z.strictObject({
      id: leaseIdSchema,
      memberId: memberIdSchema,
      coder: z.string(),
      state: leaseStateSchema,
      judged: z.int(),
      expiresAt: instantSchema,
      deadline: instantSchema.nullable(),
    }),
  ),
  stage: sectionStageSchema,
  validatorsWanted: z.int(),
  validationLeases: z.array(
    z.strictObject({
      id: validationLeaseIdSchema,
      memberId: memberIdSchema,
      coder: z.string(),
      state: leaseStateSchema,
      /** Readings with a verdict, of those shown in this validator’s round. */
      judged: z.int(),
      readings: z.int(),
      expiresAt: instantSchema,
    }),
  ),
});
export type SectionRow = z.infer<typeof sectionRowSchema>;

export const giveLeaseSchema = z.strictObject({
  sectionId: sectionIdSchema,
  memberId: memberIdSchema,
  deadline: instantSchema.nullable(),
});

/** What an expert sees of the work that waits for them. */
export const deskCaseSchema = z.strictObject({
  projectId: z.string(),
  projectName: z.string(),
  taskId: taskIdSchema,
  taskName: z.string(),
  type: z.string(),
  state: taskStateSchema,
  /** Units judged by this coder, and units in sections this coder holds or has finished. */
  judged: z.int(),
  held: z.int(),
  /** Whether a claim would give a section now. */
  available: z.boolean(),
  /** What this coder passes before the first section is given; null where nothing keeps them from it. */
  training: z
    .strictObject({
      taskId: taskIdSchema,
      /** Units that are asked each time. */
      asked: z.int(),
      /** The best time through so far; null for none. */
      best: z.strictObject({ asked: z.int(), right: z.int() }).nullable(),
    })
    .nullable(),
  /** Readings of others to validate. */
  conference: z.strictObject({
    /** Whether a claim would give a section to validate now: one in hand, or another. */
    available: z.boolean(),
    inHand: z.boolean(),
    /** Readings without a verdict of this coder, in what is in hand or could be had. */
    readings: z.int(),
  }),
  deadline: instantSchema.nullable(),
});
export type DeskCase = z.infer<typeof deskCaseSchema>;

/** How even the design of a task is whose units ask about several items each. */
export const taskDesignSchema = z.strictObject({
  units: z.int(),
  items: z.int(),
  /** The fewest and the most units that an item of the task stands in. */
  appearances: z.strictObject({ fewest: z.int(), most: z.int() }),
  /** The most units that two items stand in together, and the least that any design with as many units could have. */
  mostTogether: z.int(),
  leastPossible: z.int(),
  /** How many two items stand together in a unit, and how many of them in more than one. */
  together: z.int(),
  repeated: z.int(),
  /** Units that hold the same items as another. */
  alike: z.int(),
});
export type TaskDesign = z.infer<typeof taskDesignSchema>;
