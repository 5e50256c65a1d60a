import type { ProtocolPreset } from '../protocol-preset.ts';
import { bestWorstProtocolSchema, type BestWorstProtocol } from './contract.ts';

/** Protocols of published datasets of best–worst choices. Questions are written anew; only facts are theirs. */
export const BEST_WORST_PRESETS: readonly ProtocolPreset<BestWorstProtocol>[] = [
  {
    id: 'bird',
    title: 'BiRD',
    follows:
      'Asaadi, Mohammad & Kiritchenko 2019: 3,345 pairs of terms, one of two words in each, four pairs in a tuple, two tuples for each pair',
    leavesOut: ['A crowd, and tuples with known answers by which its members were left out.'],
    protocol: bestWorstProtocolSchema.parse({
      question: 'Which two terms have the most to do with each other, which the least?',
      bestLabel: 'most related',
      worstLabel: 'least related',
      hint: 'being alike is one way of being related: going together is another',
      tupleSize: 4,
      factor: 2,
      blockSize: 20,
    }),
  },
];
