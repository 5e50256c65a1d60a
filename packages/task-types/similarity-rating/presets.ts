import type { ProtocolPreset } from '../protocol-preset.ts';
import { similarityRatingProtocolSchema, type SimilarityRatingProtocol } from './contract.ts';

type Written = Parameters<typeof similarityRatingProtocolSchema.parse>[0];
const protocol = (written: Written): SimilarityRatingProtocol =>
  similarityRatingProtocolSchema.parse(written);

const SYNONYMY =
  'Two words are similar where what they stand for is alike, as cup and mug; synonyms most of all. That things go together does not make them similar: car and petrol are related, and get a low rating. Opposites are related, and are not similar either: hot and cold get a low rating.';

const SIMILARITY = {
  question: 'How similar is what they mean?',
  instructions: SYNONYMY,
  scale: {
    low: 0,
    high: 6,
    lowLabel: 'not similar at all',
    highLabel: 'synonyms',
    hint: 'related is not similar; opposites are low',
  },
};

/** Five levels from unrelated to alike, as SemEval-2017 words them in substance. */
const FIVE_LEVELS = {
  low: 0,
  high: 4,
  lowLabel: 'different and unrelated',
  highLabel: 'very similar, as synonyms are',
  hint: '',
  words: [
    { value: 1, label: 'dissimilar' },
    { value: 2, label: 'slightly similar' },
    { value: 3, label: 'similar' },
  ],
};

/** Protocols of published datasets of ratings. Instructions are written anew; only facts are theirs. */
export const RATING_PRESETS: readonly ProtocolPreset<SimilarityRatingProtocol>[] = [
  {
    id: 'rg-65',
    title: 'RG-65',
    follows: 'Rubenstein & Goodenough 1965: 65 pairs of nouns, 51 judges, 0.0 to 4.0',
    leavesOut: [
      'Judges first laid all slips in order of similarity and then gave values; here pairs are rated one after another.',
    ],
    protocol: protocol({
      question: 'How similar are they in meaning?',
      instructions: 'The more alike two words are in meaning, the higher the number. Use the whole range.',
      scale: { low: 0, high: 4, step: 0.1, lowLabel: 'unrelated', highLabel: 'synonyms', hint: '' },
      showPartOfSpeech: false,
      blockSize: 65,
    }),
  },
  {
    id: 'mc-30',
    title: 'MC-30',
    follows: 'Miller & Charles 1991: 30 of the pairs of RG-65, 38 judges, 0 to 4',
    leavesOut: [],
    protocol: protocol({
      question: 'How similar are they in meaning?',
      scale: { low: 0, high: 4, lowLabel: 'no similarity', highLabel: 'perfect synonymy', hint: '' },
      showPartOfSpeech: false,
      blockSize: 30,
    }),
  },
  {
    id: 'wordsim-353',
    title: 'WordSim-353',
    follows: 'Finkelstein et al. 2002: 353 pairs in two sets, 13 and 16 judges, 0 to 10 with fractions',
    leavesOut: ['Opposites counted as similar there; the later datasets have them low.'],
    protocol: protocol({
      question: 'How related are they?',
      instructions:
        'Say how much the two words have to do with each other, from nothing at all to being as good as the same. Fractions are welcome. Opposites are related, so they are not at the lower end.',
      scale: {
        ...{ low: 0, high: 10, step: 0.01 },
        ...{ lowLabel: 'totally unrelated', highLabel: 'very much related or identical', hint: '' },
      },
      showPartOfSpeech: false,
      blockSize: 50,
    }),
  },
  {
    id: 'simlex-999',
    title: 'SimLex-999',
    follows:
      'Hill, Reichart & Korhonen 2015: 999 pairs, about 50 judges each, 0 to 6, published from 0 to 10',
    leavesOut: [
      'Groups of seven pairs with one repeated from group to group, and comparisons as checkpoints.',
      'A slider with its handle at one end; here there is no value before one is given.',
      'Judges far from the others were left out afterwards; here nobody is.',
    ],
    protocol: protocol({ ...SIMILARITY, blockSize: 20 }),
  },
  {
    id: 'simverb-3500',
    title: 'SimVerb-3500',
    follows:
      'Gerz et al. 2016: 3,500 pairs of verbs, at least 10 judges each, 0 to 6, published from 0 to 10',
    leavesOut: ['Checkpoint pairs, and the exclusion of judges by them.'],
    protocol: protocol({ ...SIMILARITY, blockSize: 50 }),
  },
  {
    id: 'multi-simlex',
    title: 'Multi-SimLex',
    follows: 'Vulić et al. 2020: 1,888 pairs in each language, at least 10 judges, 0 to 6',
    leavesOut: [
      'The second round, in which judges looked again at those of their scores that lay far from the others.',
    ],
    protocol: protocol({ ...SIMILARITY, blockSize: 50 }),
  },
  {
    id: 'rw',
    title: 'RW',
    follows: 'Luong, Socher & Manning 2013: 2,034 pairs with a rare word, 10 judges each, 0 to 10',
    leavesOut: [
      'Judges said of the first word alone whether they knew it, and were left out by agreement with the rest.',
    ],
    protocol: protocol({
      question: 'How similar are they in meaning?',
      scale: { low: 0, high: 10, lowLabel: 'not similar', highLabel: 'the same', hint: '' },
      unknownWord: true,
      showPartOfSpeech: false,
      blockSize: 50,
    }),
  },
  {
    id: 'card-660',
    title: 'CARD-660',
    follows: 'Pilehvar, Kartsaklis, Prokhorov & Collier 2018: 660 pairs, 8 experts, 0 to 4 with halves',
    leavesOut: ['Looking words up, and talking over the pairs on which scores lay far apart.'],
    protocol: protocol({
      question: 'How similar is what they mean?',
      instructions: SYNONYMY,
      scale: { ...FIVE_LEVELS, step: 0.5 },
      blockSize: 50,
    }),
  },
  {
    id: 'semeval-2017',
    title: 'SemEval-2017',
    follows:
      'Camacho-Collados, Pilehvar, Collier & Navigli 2017 (task 2): 500 pairs in each language, three judges, five levels',
    leavesOut: ['A second look of the judges at the pairs on which they lay far apart.'],
    protocol: protocol({
      question: 'How similar is what they mean?',
      instructions: SYNONYMY,
      scale: FIVE_LEVELS,
      showPartOfSpeech: false,
      blockSize: 50,
    }),
  },
];
