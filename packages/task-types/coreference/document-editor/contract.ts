import { z } from 'zod';

/**
 * A whole document's annotation, as the operations that make it. The operations are what is stored; mentions, chains
 * and relations are derived by replaying them over the state that the pass began with.
 */

const mentionIdSchema = z.string().min(1).max(120);
const entityIdSchema = z.string().min(1).max(120);

const spanSchema = z
  .tuple([z.int().nonnegative(), z.int().positive()])
  .refine(([start, end]) => start < end, 'a span must hold at least one token');
/** Several for what is discontinuous; in order and not touching. */
const spansSchema = z.array(spanSchema).min(1).max(20);

const operationSchemas = [
  z.strictObject({ kind: z.literal('make-mention'), mention: mentionIdSchema, ranges: spansSchema }),
  /** A head or minimum span that falls outside the new span goes with the change. */
  z.strictObject({ kind: z.literal('respan-mention'), mention: mentionIdSchema, ranges: spansSchema }),
  z.strictObject({ kind: z.literal('remove-mention'), mention: mentionIdSchema }),
  z.strictObject({
    kind: z.literal('set-head'),
    mention: mentionIdSchema,
    head: z.int().nonnegative().nullable(),
  }),
  /** The shortest span that counts as this mention, as MUC and CRAFT write it; it holds the head. */
  z.strictObject({
    kind: z.literal('set-minimum'),
    mention: mentionIdSchema,
    minimum: spanSchema.nullable(),
  }),

  z.strictObject({
    kind: z.literal('open-entity'),
    entity: entityIdSchema,
    mentions: z.array(mentionIdSchema).min(1).max(1000),
    /** The entities that it is together (“they”): split antecedents. None: an entity by itself. */
    antecedents: z.array(entityIdSchema).max(20),
  }),
  z.strictObject({ kind: z.literal('link'), mention: mentionIdSchema, entity: entityIdSchema }),
  z.strictObject({ kind: z.literal('unlink'), mention: mentionIdSchema }),
  z.strictObject({ kind: z.literal('move-mention'), mention: mentionIdSchema, to: entityIdSchema }),
  z.strictObject({ kind: z.literal('merge-entities'), into: entityIdSchema, from: entityIdSchema }),
  z.strictObject({
    kind: z.literal('split-entity'),
    entity: entityIdSchema,
    /** The mentions that leave, for an entity of their own. */
    mentions: z.array(mentionIdSchema).min(1).max(10_000),
    into: entityIdSchema,
  }),
  z.strictObject({
    kind: z.literal('name-entity'),
    entity: entityIdSchema,
    name: z.string().trim().min(1).max(200).nullable(),
  }),
  z.strictObject({
    kind: z.literal('set-type'),
    entity: entityIdSchema,
    type: z.string().trim().min(1).max(80).nullable(),
  }),
  z.strictObject({
    kind: z.literal('set-antecedents'),
    entity: entityIdSchema,
    antecedents: z.array(entityIdSchema).max(20),
  }),

  z.strictObject({
    kind: z.literal('mark-property'),
    mention: mentionIdSchema,
    /** The mention or mentions that it describes. */
    of: z.array(mentionIdSchema).min(1).max(20),
  }),
  z.strictObject({ kind: z.literal('mark-non-referring'), mention: mentionIdSchema }),
  /** Takes back that a mention is a property or does not refer. */
  z.strictObject({ kind: z.literal('unmark'), mention: mentionIdSchema }),
  z.strictObject({
    kind: z.literal('bridge'),
    mention: mentionIdSchema,
    to: entityIdSchema,
    /** What kind of bridge (`part`, `set`), where the guidelines tell kinds apart. */
    relation: z.string().trim().min(1).max(80).nullable(),
  }),
  z.strictObject({ kind: z.literal('unbridge'), mention: mentionIdSchema, to: entityIdSchema }),
  /** Discourse deixis: the clause or sentences that a mention points at. Null takes it back. */
  z.strictObject({ kind: z.literal('set-deixis'), mention: mentionIdSchema, ranges: spansSchema.nullable() }),
] as const;

/** One thing that an annotator does to a document, and one step to undo. */
export type Operation = z.infer<(typeof operationSchemas)[number]>;

/** The log grows only: taking back is an entry too. Undo takes back the last step that stands. */
const logEntrySchema = z.discriminatedUnion('kind', [
  ...operationSchemas,
  z.strictObject({ kind: z.literal('undo') }),
  z.strictObject({ kind: z.literal('redo') }),
]);
export type LogEntry = z.infer<typeof logEntrySchema>;

/**
 * What stood there before the first operation: the bare text; its mentions without what they refer to; or what a
 * system or an earlier release said, to be corrected. Work that began from the last is analysed apart.
 */
export const passStartSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text') }),
  z.strictObject({ kind: z.literal('mentions') }),
  z.strictObject({
    kind: z.literal('annotated'),
    by: z.enum(['system', 'release']),
    /** Which system or release, with its version. */
    name: z.string().trim().min(1).max(200),
  }),
]);
export type PassStart = z.infer<typeof passStartSchema>;

/** The most entries of a log: a hundred for each mention of the largest document. */
export const MOST_ENTRIES = 200_000;

/**
 * The payload of a judgement over a whole document: the whole log so far, so that the latest judgement says it all.
 * A log may be empty: the coder found nothing to add or to correct.
 */
export const documentPassSchema = z.strictObject({
  start: passStartSchema,
  entries: z.array(logEntrySchema).max(MOST_ENTRIES),
});

export type MentionId = string;
export type EntityId = string;
export type Span = readonly [number, number];
