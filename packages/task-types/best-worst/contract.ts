import { z } from 'zod';
import { itemIdSchema } from '@casebook/contracts';
import type { TaskTypeContract } from '../task-type.ts';
import { unitPairSchema } from '../word-pairs/unit-pair.ts';

/** Pairs in a tuple, and the digits that they are on. */
export const MOST_IN_A_TUPLE = 6;

const bestWorstUnitSchema = z.strictObject({
  /** In the order in which they are shown. */
  pairs: z.array(unitPairSchema).min(3).max(MOST_IN_A_TUPLE),
});
export type BestWorstUnit = z.infer<typeof bestWorstUnitSchema>;

/** Places of pairs in the tuple, from 1, as they stand on the keys. */
const placeSchema = z.int().min(1).max(MOST_IN_A_TUPLE);

const bestWorstAnswerSchema = z.discriminatedUnion('kind', [
  z
    .strictObject({ kind: z.literal('best-worst'), best: placeSchema, worst: placeSchema })
    .refine(({ best, worst }) => best !== worst, 'no pair is both the most and the least similar'),
  z.strictObject({ kind: z.literal('unknown-word') }),
]);
export type BestWorstAnswer = z.infer<typeof bestWorstAnswerSchema>;

export const bestWorstProtocolSchema = z.strictObject({
  question: z.string().trim().min(1).max(200),
  /** What is written over the two choices. */
  bestLabel: z.string().trim().min(1).max(40),
  worstLabel: z.string().trim().min(1).max(40),
  /** A reminder under the tuple; empty for none. */
  hint: z.string().trim().max(120),
  /** Pairs in a tuple. */
  tupleSize: z.int().min(3).max(MOST_IN_A_TUPLE),
  /** Tuples for each pair of the collection. */
  factor: z.number().min(1.5).max(2.5),
  /** Tuples in a block. */
  blockSize: z.int().min(2).max(200),
});
export type BestWorstProtocol = z.infer<typeof bestWorstProtocolSchema>;

const exampleId = (number: number) =>
  itemIdSchema.parse(`00000000-0000-7000-8000-${String(number).padStart(12, '0')}`);

const EXAMPLE: BestWorstUnit = {
  pairs: [
    { id: exampleId(1), word1: 'coast', word2: 'shore', partOfSpeech: 'N' },
    { id: exampleId(2), word1: 'clue', word2: 'evidence', partOfSpeech: 'N' },
    { id: exampleId(3), word1: 'fog', word2: 'teapot', partOfSpeech: 'N' },
    { id: exampleId(4), word1: 'lamp', word2: 'window' },
  ],
};

export const bestWorstContract: TaskTypeContract<BestWorstUnit, BestWorstAnswer, BestWorstProtocol> = {
  name: 'best-worst',
  title: 'Best–worst scaling',
  description: 'Four pairs of words at a time: which is the most similar, which the least?',
  version: 1,
  collectionKind: 'word-pairs',
  spansItems: true,
  leaseGrain: 'block',
  unit: bestWorstUnitSchema,
  answer: bestWorstAnswerSchema,
  protocol: bestWorstProtocolSchema,
  whyUngraded: () => 'A published score is gold of a pair, and each question here is about several of them.',
  skipReasons: [
    { code: 'several-senses', label: 'It depends on which sense is meant' },
    { code: 'bad-pair', label: 'Something is wrong with a pair' },
    { code: 'all-alike', label: 'They are all alike' },
    { code: 'unsure', label: 'I can’t tell' },
  ],
  commentKinds: [
    { code: 'several-senses', label: 'Several senses' },
    { code: 'bad-pair', label: 'Something is wrong with a pair' },
    { code: 'other', label: 'Something else' },
  ],
  examples: [
    {
      unit: EXAMPLE,
      answer: { kind: 'best-worst', best: 1, worst: 3 },
      means: 'Coast and shore are the most similar, fog and teapot the least.',
    },
    {
      unit: EXAMPLE,
      answer: { kind: 'best-worst', best: 2, worst: 4 },
      means: 'Clue and evidence are the most similar, lamp and window the least.',
    },
    {
      unit: EXAMPLE,
      answer: { kind: 'unknown-word' },
      means: 'The coder does not know one of the words.',
    },
  ],
  exampleProtocol: {
    question: 'Which two words are the most similar in meaning, which the least?',
    bestLabel: 'most similar',
    worstLabel: 'least similar',
    hint: 'related is not similar: car – petrol is low',
    tupleSize: 4,
    factor: 2,
    blockSize: 10,
  },
  exports: [
    {
      format: 'tsv',
      title: 'Table of scores (TSV)',
      what: 'each pair with its score: (best − worst) / shown',
    },
    {
      format: 'choices',
      title: 'Best–worst choices (CSV)',
      what: 'each coder’s choice of each tuple; casebook aggregate --model best-worst counts them again',
    },
  ],
};
