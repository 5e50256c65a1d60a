import type { ProtocolPreset } from '../protocol-preset.ts';
import { similarityComparisonProtocolSchema, type SimilarityComparisonProtocol } from './contract.ts';

/** Protocols of published datasets of comparisons. Questions are written anew; only facts are theirs. */
export const COMPARISON_PRESETS: readonly ProtocolPreset<SimilarityComparisonProtocol>[] = [
  {
    id: 'men',
    title: 'MEN',
    follows:
      'Bruni, Tran & Baroni 2014: 3,000 pairs, each compared with 50 others at random, one judge a comparison; the score is how often it was the more related',
    leavesOut: [
      'Comparisons with known answers, by which judges were let in or left out.',
      'A crowd: a comparison is put to as many experts as the task asks for.',
    ],
    protocol: similarityComparisonProtocolSchema.parse({
      question: 'Which two words have more to do with each other?',
      hint: 'being alike is one way: car – automobile; going together is another: wheels – car',
      among: 'all-pairs',
      partners: 50,
      allowSame: false,
      blockSize: 50,
    }),
  },
];
