import { z } from 'zod';
import { itemIdSchema } from '@casebook/contracts';
import type { TaskTypeContract } from '../task-type.ts';
import { unitPairSchema } from '../word-pairs/unit-pair.ts';

const similarityComparisonUnitSchema = z.strictObject({
  first: unitPairSchema,
  second: unitPairSchema,
});
export type SimilarityComparisonUnit = z.infer<typeof similarityComparisonUnitSchema>;

const similarityComparisonAnswerSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('first') }),
  z.strictObject({ kind: z.literal('second') }),
  z.strictObject({ kind: z.literal('same') }),
  z.strictObject({ kind: z.literal('unknown-word') }),
]);
export type SimilarityComparisonAnswer = z.infer<typeof similarityComparisonAnswerSchema>;

export const similarityComparisonProtocolSchema = z.strictObject({
  question: z.string().trim().min(1).max(200),
  /** A reminder under the two; empty for none. */
  hint: z.string().trim().max(120),
  /** Any two pairs, or only those with the same first word, which then is the target of two candidates. */
  among: z.enum(['all-pairs', 'shared-target']),
  /** How many others each pair is compared with; all of them where there are no more. */
  partners: z.int().min(2).max(100),
  /** Whether the two may be called the same. */
  allowSame: z.boolean(),
  /** Comparisons in a block. */
  blockSize: z.int().min(2).max(200),
});
export type SimilarityComparisonProtocol = z.infer<typeof similarityComparisonProtocolSchema>;

const exampleId = (number: number) =>
  itemIdSchema.parse(`00000000-0000-7000-8000-${String(number).padStart(12, '0')}`);

const EXAMPLE: SimilarityComparisonUnit = {
  first: { id: exampleId(1), word1: 'coast', word2: 'shore', partOfSpeech: 'N' },
  second: { id: exampleId(2), word1: 'clue', word2: 'evidence' },
};

export const similarityComparisonContract: TaskTypeContract<
  SimilarityComparisonUnit,
  SimilarityComparisonAnswer,
  SimilarityComparisonProtocol
> = {
  name: 'similarity-comparison',
  title: 'Similarity comparison',
  description: 'Two pairs of words, or a word with two candidates: which is the more similar?',
  version: 1,
  collectionKind: 'word-pairs',
  spansItems: true,
  leaseGrain: 'block',
  unit: similarityComparisonUnitSchema,
  answer: similarityComparisonAnswerSchema,
  protocol: similarityComparisonProtocolSchema,
  whyUngraded: () => 'A published score is gold of a pair, and each question here is about two of them.',
  skipReasons: [
    { code: 'several-senses', label: 'It depends on which sense is meant' },
    { code: 'bad-pair', label: 'Something is wrong with a pair' },
    { code: 'unsure', label: 'I can’t tell' },
  ],
  commentKinds: [
    { code: 'several-senses', label: 'Several senses' },
    { code: 'bad-pair', label: 'Something is wrong with a pair' },
    { code: 'other', label: 'Something else' },
  ],
  examples: [
    { unit: EXAMPLE, answer: { kind: 'first' }, means: 'Coast and shore are the more similar.' },
    { unit: EXAMPLE, answer: { kind: 'second' }, means: 'Clue and evidence are the more similar.' },
    { unit: EXAMPLE, answer: { kind: 'unknown-word' }, means: 'The coder does not know one of the words.' },
    {
      unit: EXAMPLE,
      answer: { kind: 'same' },
      means: 'Neither is the more similar.',
      protocol: {
        question: 'Which two are the more closely related?',
        hint: '',
        among: 'all-pairs',
        partners: 4,
        allowSame: true,
        blockSize: 20,
      },
    },
  ],
  exampleProtocol: {
    question: 'Which two words are the more similar in meaning?',
    hint: 'related is not similar: car – petrol is low',
    among: 'all-pairs',
    partners: 10,
    allowSame: false,
    blockSize: 20,
  },
  exports: [
    {
      format: 'tsv',
      title: 'Table of scores (TSV)',
      what: 'each pair with its share of wins and its strength',
    },
    {
      format: 'comparisons',
      title: 'Comparisons (CSV)',
      what: 'each coder’s decided comparisons; casebook aggregate --model bradley-terry fits them again',
    },
  ],
};
