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

export const similarityRatingProtocolSchema = z
  .strictObject({
    question: z.string().trim().min(1).max(200),
    scale: z.strictObject({
      low: z.int().min(0).max(9),
      high: z.int().min(1).max(10),
      lowLabel: z.string().trim().min(1).max(60),
      highLabel: z.string().trim().min(1).max(60),
      /** A reminder under the middle of the scale; empty for none. */
      hint: z.string().trim().max(120),
    }),
    /** Pairs in a block. */
    blockSize: z.int().min(2).max(200),
  })
  .refine(({ scale }) => scale.low < scale.high, 'the scale must have at least two points');
export type SimilarityRatingProtocol = z.infer<typeof similarityRatingProtocolSchema>;

export const similarityRatingContract: TaskTypeContract<
  SimilarityRatingUnit,
  SimilarityRatingAnswer,
  SimilarityRatingProtocol
> = {
  name: 'similarity-rating',
  title: 'Similarity rating',
  description: 'Two words and a graded scale: how similar is what they mean?',
  version: 1,
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
    scale: {
      low: 0,
      high: 6,
      lowLabel: 'not similar at all',
      highLabel: 'nearly the same',
      hint: 'related is not similar: car – petrol is low',
    },
    blockSize: 20,
  },
  ratingTable: 'tsv',
  exports: [{ format: 'tsv', title: 'Table of mean ratings (TSV)' }],
};
