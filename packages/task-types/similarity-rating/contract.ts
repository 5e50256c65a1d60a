import { z } from 'zod';
import type { TaskTypeContract } from '../task-type.ts';

const similarityRatingUnitSchema = z.strictObject({
  word1: z.string().min(1),
  word2: z.string().min(1),
  partOfSpeech: z.string().optional(),
});
export type SimilarityRatingUnit = z.infer<typeof similarityRatingUnitSchema>;

const similarityRatingAnswerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('rating'), value: z.number() }),
  z.strictObject({ kind: z.literal('unknown-word') }),
]);
export type SimilarityRatingAnswer = z.infer<typeof similarityRatingAnswerSchema>;

/** More points than this are typed as numbers, not laid out as keys. */
export const MOST_KEYS = 11;
const MOST_POINTS = 1001;

/** What version 1 of the contract did not know has a default that says what version 1 meant. */
export const similarityRatingProtocolSchema = z
  .strictObject({
    question: z.string().trim().min(1).max(200),
    /** What similar is to mean, with examples, as paragraphs of plain text; empty for none. */
    instructions: z.string().trim().max(4000).default(''),
    scale: z.strictObject({
      low: z.number().min(-100).max(100),
      high: z.number().min(-100).max(100),
      /** From one point to the next. */
      step: z.number().min(0.01).max(50).default(1),
      lowLabel: z.string().trim().min(1).max(60),
      highLabel: z.string().trim().min(1).max(60),
      /** A reminder under the middle of the scale; empty for none. */
      hint: z.string().trim().max(120),
      /** Points between the ends that have words of their own. */
      words: z
        .array(z.strictObject({ value: z.number(), label: z.string().trim().min(1).max(60) }))
        .max(MOST_KEYS)
        .default([]),
    }),
    /** Whether a coder may say that a word is unknown. */
    unknownWord: z.boolean().default(true),
    /** Whether the part of speech of a pair is shown, where the pair has one. */
    showPartOfSpeech: z.boolean().default(true),
    /** Pairs in a block. */
    blockSize: z.int().min(2).max(200),
  })
  .refine(({ scale }) => scale.low < scale.high, 'the scale must have at least two points')
  .refine(({ scale }) => isWhole((scale.high - scale.low) / scale.step), {
    message: 'the steps must end at the upper end of the scale',
    path: ['scale', 'step'],
  })
  .refine(({ scale }) => (scale.high - scale.low) / scale.step < MOST_POINTS, {
    message: `a scale has at most ${MOST_POINTS} points`,
    path: ['scale', 'step'],
  })
  .refine(({ scale }) => scale.words.every(({ value }) => isPoint(value, scale)), {
    message: 'words stand at points of the scale',
    path: ['scale', 'words'],
  });

function isWhole(number: number): boolean {
  return Math.abs(number - Math.round(number)) < 1e-6;
}

/** Whether a number is one of the points of a scale. */
export function isPoint(
  value: number,
  { low, high, step }: { readonly low: number; readonly high: number; readonly step: number },
): boolean {
  return value >= low && value <= high && isWhole((value - low) / step);
}

export type SimilarityRatingProtocol = z.infer<typeof similarityRatingProtocolSchema>;

export const similarityRatingContract: TaskTypeContract<
  SimilarityRatingUnit,
  SimilarityRatingAnswer,
  SimilarityRatingProtocol
> = {
  name: 'similarity-rating',
  title: 'Similarity rating',
  description: 'Two words and a graded scale: how similar is what they mean?',
  version: 2,
  collectionKind: 'word-pairs',
  leaseGrain: 'block',
  unit: similarityRatingUnitSchema,
  answer: similarityRatingAnswerSchema,
  protocol: similarityRatingProtocolSchema,
  whyUngraded: () =>
    'A rating is neither right nor wrong: published scores are compared by rank, over the whole task.',
  skipReasons: [
    { code: 'several-senses', label: 'It depends on which sense is meant' },
    { code: 'bad-pair', label: 'Something is wrong with this pair' },
    { code: 'unsure', label: 'I can’t tell' },
  ],
  commentKinds: [
    { code: 'several-senses', label: 'Several senses' },
    { code: 'bad-pair', label: 'Something is wrong with the pair' },
    { code: 'scale', label: 'The scale does not fit' },
    { code: 'other', label: 'Something else' },
  ],
  examples: [
    {
      unit: { word1: 'coast', word2: 'shore', partOfSpeech: 'N' },
      answer: { kind: 'rating', value: 6 },
      means: 'Nearly the same.',
    },
    {
      unit: { word1: 'gaffer', word2: 'harpoon' },
      answer: { kind: 'unknown-word' },
      means: 'The coder does not know one of the words.',
    },
  ],
  exampleProtocol: {
    question: 'How similar is what they mean?',
    instructions: '',
    scale: {
      low: 0,
      high: 6,
      step: 1,
      lowLabel: 'not similar at all',
      highLabel: 'nearly the same',
      hint: 'related is not similar: car – petrol is low',
      words: [],
    },
    unknownWord: true,
    showPartOfSpeech: true,
    blockSize: 20,
  },
  ratingTable: 'tsv',
  exports: [{ format: 'tsv', title: 'Table of mean ratings (TSV)' }],
};
