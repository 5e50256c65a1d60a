import { chainSchema, linkSchema, mentionSchema } from '@casebook/contracts';
import { z } from 'zod';
import type { TaskTypeContract } from '../task-type.ts';
import { correctedSpanSchema, correctionRuleSchema } from './corrected-span/contract.ts';
import { documentPassSchema, passStartSchema } from './document-editor/contract.ts';

/** As many readings as one coder may give of a phrase. */
export const MOST_READINGS = 4;

const markableKeySchema = z.string().min(1).max(120);

/** A markable in its document: the phrase that is asked about. */
const coreferenceUnitSchema = z.strictObject({
  /** Token ranges, half open; several for a discontinuous phrase. */
  ranges: z.array(z.tuple([z.int().nonnegative(), z.int().positive()])).min(1),
  /** The phrase as it is read. */
  text: z.string().min(1),
});
export type CoreferenceUnit = z.infer<typeof coreferenceUnitSchema>;

/** A whole document, and what stands in it before its coder begins. It holds all that a log is replayed over. */
const documentUnitSchema = z.strictObject({
  kind: z.literal('document'),
  name: z.string().min(1),
  /** How many tokens the text has. */
  tokens: z.int().positive(),
  start: passStartSchema,
  mentions: z.array(mentionSchema),
  chains: z.array(chainSchema),
  links: z.array(linkSchema).optional(),
});
export type DocumentUnit = z.infer<typeof documentUnitSchema>;

/** What a task asks about: phrase by phrase, or a document at once. */
export type EitherUnit = CoreferenceUnit | DocumentUnit;

/** Who or what the phrase is, as one coder reads it. Other phrases are named by their unit keys. */
const readingSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('new') }),
  z.strictObject({
    kind: z.literal('old'),
    /** One earlier mention of the entity; several where the phrase names several entities together. */
    antecedents: z.array(markableKeySchema).min(1).max(20),
  }),
  z.strictObject({
    kind: z.literal('property'),
    /** The phrase or phrases that it describes. */
    of: z.array(markableKeySchema).min(1).max(20),
  }),
  z.strictObject({ kind: z.literal('non-referring') }),
]);
const [newSchema, oldSchema, propertySchema, nonReferringSchema] = readingSchema.options;
export type CoreferenceAnswer = z.infer<typeof readingSchema>;

/** Several readings of one phrase by one coder, who can't tell them apart by the text. */
const ambiguousAnswerSchema = z.strictObject({
  kind: z.literal('ambiguous'),
  /** The preferred one first. */
  readings: z
    .tuple([readingSchema, readingSchema], readingSchema)
    .refine((readings) => readings.length <= MOST_READINGS, `at most ${MOST_READINGS} readings`),
});
type AmbiguousAnswer = z.infer<typeof ambiguousAnswerSchema>;

/** Who or what a phrase is, whatever its borders. */
type PhraseDecision = CoreferenceAnswer | AmbiguousAnswer;

/**
 * The borders that the phrase should have, beside who or what it is; left out where those shown are right. It belongs
 * to the phrase and not to one of its readings.
 */
const span = correctedSpanSchema.optional();
/** Whatever can be said of a phrase. */
export type PhraseAnswer = PhraseDecision & { readonly span?: z.output<typeof span> };

const documentAnswerSchema = documentPassSchema.extend({ kind: z.literal('document') });
/** Everything that a coder did to a document so far. */
export type DocumentAnswer = z.infer<typeof documentAnswerSchema>;

export type EitherAnswer = PhraseAnswer | DocumentAnswer;

export const coreferenceProtocolSchema = z
  .strictObject({
    /**
     * What becomes of phrases whose coders differ: others, who have not annotated them, agree or disagree with each
     * reading; or they go to the adjudicator at once.
     */
    conference: z
      .discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('none') }),
        z.strictObject({
          kind: z.literal('conference'),
          validations: z.int().min(1).max(20),
          cap: z.int().min(1).max(40),
          certainty: z.number().min(0.5).max(0.999),
        }),
      ])
      .default({ kind: 'none' }),
    /** A whole document is one section, or it is cut at paragraphs into sections of about so many markables. */
    section: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('document') }),
      z.strictObject({ kind: z.literal('paragraphs'), markables: z.int().min(5).max(1000) }),
    ]),
    /** Phrase by phrase over the document’s markables; or the document at once, from what stands there at the start. */
    pass: z
      .discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('steps') }),
        z.strictObject({ kind: z.literal('document'), start: passStartSchema }),
      ])
      .default({ kind: 'steps' }),
    /** Whether coders who go phrase by phrase may correct the borders of a phrase, and where these may fall. */
    corrections: correctionRuleSchema.default('tokens'),
  })
  .refine(({ section, pass }) => pass.kind === 'steps' || section.kind === 'document', {
    message: 'who annotates a document at once is given the whole of it',
    path: ['section'],
  })
  .refine(({ conference, pass }) => pass.kind === 'steps' || conference.kind === 'none', {
    message: 'readings are validated phrase by phrase; passes over whole documents go to the adjudicator',
    path: ['conference'],
  })
  .refine(({ conference }) => conference.kind === 'none' || conference.cap >= conference.validations, {
    message: 'the cap is below the validations that are wanted',
    path: ['conference', 'cap'],
  });
export type CoreferenceProtocol = z.infer<typeof coreferenceProtocolSchema>;

export const coreferenceContract: TaskTypeContract<EitherUnit, EitherAnswer, CoreferenceProtocol> = {
  name: 'coreference',
  title: 'Coreference',
  description: 'For each phrase of a text: who or what is it, and has it been named before?',
  version: 3,
  collectionKind: 'documents',
  leaseGrain: 'document',
  unit: z.union([coreferenceUnitSchema, documentUnitSchema]),
  answer: z.discriminatedUnion('kind', [
    newSchema.extend({ span }),
    oldSchema.extend({ span }),
    propertySchema.extend({ span }),
    nonReferringSchema.extend({ span }),
    ambiguousAnswerSchema.extend({ span }),
    documentAnswerSchema,
  ]),
  protocol: coreferenceProtocolSchema,
  whyUngraded: ({ pass }, { hasGold }) =>
    pass.kind === 'document'
      ? 'A pass over a whole document is compared with other passes, not with gold.'
      : hasGold
        ? null
        : 'Nothing in this collection brings chains that could be gold.',
  skipReasons: [
    { code: 'not-selectable', label: 'The right antecedent can’t be selected' },
    { code: 'outside', label: 'It was named outside this text' },
    { code: 'parse-error', label: 'This is not a phrase' },
    { code: 'discourse-deixis', label: 'It points at a stretch of the text, not at an entity' },
    { code: 'ambiguous', label: 'It can be read in several ways' },
    { code: 'bridging', label: 'It is only part of, or belongs to, something named before' },
    { code: 'quantifier', label: 'It is a quantified phrase' },
    { code: 'unsure', label: 'I can’t tell' },
  ],
  commentKinds: [
    { code: 'not-selectable', label: 'The right antecedent can’t be selected' },
    { code: 'outside', label: 'Named outside this text' },
    { code: 'parse-error', label: 'The phrase’s borders are wrong' },
    { code: 'discourse-deixis', label: 'Points at a stretch of the text' },
    { code: 'ambiguous', label: 'Ambiguous' },
    { code: 'non-referring', label: 'May refer to nothing' },
    { code: 'nearest-embedded', label: 'The nearest mention is part of another phrase' },
    { code: 'bridging', label: 'Part of, or belonging to, something named before' },
    { code: 'quantifier', label: 'A quantified phrase' },
    { code: 'other', label: 'Something else' },
  ],
  examples: [
    {
      unit: { ranges: [[0, 2]], text: 'Inspector Harrow' },
      answer: { kind: 'new' },
      means: 'The inspector is met for the first time.',
    },
    {
      unit: { ranges: [[9, 10]], text: 'He' },
      answer: { kind: 'old', antecedents: ['m1'] },
      means: '“He” is whoever m1 is.',
    },
    {
      unit: { ranges: [[40, 41]], text: 'They' },
      answer: { kind: 'old', antecedents: ['m1', 'm3'] },
      means: '“They” are the entities of m1 and m3 together.',
    },
    {
      unit: { ranges: [[52, 54]], text: 'a widow' },
      answer: { kind: 'property', of: ['m3'] },
      means: '“a widow” says what m3 is and names nobody by itself.',
    },
    {
      unit: { ranges: [[60, 61]], text: 'it' },
      answer: { kind: 'non-referring' },
      means: 'The “it” of “it rains”.',
    },
    {
      unit: { ranges: [[66, 67]], text: 'she' },
      answer: {
        kind: 'ambiguous',
        readings: [{ kind: 'old', antecedents: ['m3'] }, { kind: 'new' }],
      },
      means: '“she” is m3, or else somebody new; m3 is the better reading.',
    },
    {
      unit: { ranges: [[70, 71]], text: 'inspector' },
      answer: {
        kind: 'old',
        antecedents: ['m1'],
        span: { ranges: [[320, 333]], text: 'the inspector' },
      },
      means: 'The phrase is m1, and its article belongs to it; “the inspector” are characters 321 to 333.',
    },
    {
      unit: {
        kind: 'document',
        name: 'The lamplighter’s widow',
        tokens: 21,
        start: { kind: 'text' },
        mentions: [],
        chains: [],
      },
      answer: {
        kind: 'document',
        start: { kind: 'text' },
        entries: [
          { kind: 'make-mention', mention: 'c1', ranges: [[0, 2]] },
          { kind: 'open-entity', entity: 'c2', mentions: ['c1'], antecedents: [] },
          { kind: 'make-mention', mention: 'c3', ranges: [[9, 10]] },
          { kind: 'link', mention: 'c3', entity: 'c2' },
        ],
      },
      protocol: {
        conference: { kind: 'none' },
        section: { kind: 'document' },
        pass: { kind: 'document', start: { kind: 'text' } },
        corrections: 'tokens',
      },
      means: 'In the bare text, two phrases were marked; both name the same.',
    },
  ],
  exampleProtocol: {
    conference: { kind: 'conference', validations: 2, cap: 4, certainty: 0.95 },
    section: { kind: 'document' },
    pass: { kind: 'steps' },
    corrections: 'tokens',
  },
  corrections: {
    property: 'span',
    describe: (correction) => `“${correctedSpanSchema.parse(correction).text}”`,
  },
  weighing: {
    model: 'Mention-pair model',
    explanation:
      'It asks of each reading of a phrase whether it is right, and at once of each coder how far their answers of that kind can be relied on (Paun et al. 2018). Readings are judged one by one, so that several of a phrase may be right, or none: their probabilities need not sum to 1. It takes coders to err independently of each other; a mistake that many share looks to it like the truth. Passes over whole documents are not weighed.',
  },
  exports: [{ format: 'conll-2012', title: 'CoNLL-2012, majority reading, or the bench’s' }],
};
