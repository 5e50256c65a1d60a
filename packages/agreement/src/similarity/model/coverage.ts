import { correlationInterval } from '../../continuous/correlation-interval.ts';
import { correlationOf } from '../../continuous/moments.ts';
import { averageRanks } from '../../continuous/ranks.ts';
import { type ConfidenceInterval } from '../../estimate.ts';
import { type Embedding, type GoldPair, Lexicon } from './embedding.ts';

/**
 * What becomes of a pair with a word out of vocabulary: `covered` leaves it out; `mean-vector` gives the word the mean
 * of all vectors; `zero` gives the pair similarity 0.
 */
export type VocabularyPolicy = 'covered' | 'mean-vector' | 'zero';

export const VOCABULARY_POLICIES: readonly VocabularyPolicy[] = ['covered', 'mean-vector', 'zero'];

export type ModelCorrelation =
  | {
      readonly value: number;
      readonly pairs: number;
      /** Bonett & Wright's interval. */
      readonly ci: ConfidenceInterval | null;
    }
  | { readonly value: null; readonly reason: string };

export interface Coverage {
  readonly pairs: number;
  readonly covered: number;
  readonly share: number;
  /** Lower-cased word types of the dataset, and those without vector, by code unit. */
  readonly types: number;
  readonly missingTypes: readonly string[];
  /** Spearman of cosine with gold under each policy. */
  readonly rho: Readonly<Record<VocabularyPolicy, ModelCorrelation>>;
}

/**
 * How much of a dataset a model covers, and its ρ under the three policies.
 *
 * @param meanVector mean over the whole vocabulary, where `embedding` holds a part of it only; else the mean of what
 * it holds
 */
export function coverage(
  pairs: readonly GoldPair[],
  embedding: Embedding,
  meanVector?: ArrayLike<number>,
): Coverage {
  const lexicon = new Lexicon(embedding);
  const mean = Float64Array.from(meanVector ?? meanOfVectors(embedding));
  const types = [...new Set(pairs.flatMap(({ word1, word2 }) => [word1.toLowerCase(), word2.toLowerCase()]))];
  const known = new Set(
    pairs.flatMap(({ word1, word2 }) =>
      [word1, word2].filter((word) => lexicon.find(word) !== null).map((word) => word.toLowerCase()),
    ),
  );
  const vectorOf = (word: string): ArrayLike<number> | null => {
    const place = lexicon.find(word);
    const { dimensions, values } = embedding;
    return place === null ? null : values.subarray(place * dimensions, (place + 1) * dimensions);
  };
  const found = pairs.map(({ word1, word2, gold }) => ({
    one: vectorOf(word1),
    other: vectorOf(word2),
    gold,
  }));
  const both = found.filter(({ one, other }) => one !== null && other !== null);
  const gold = found.map((pair) => pair.gold);
  return {
    pairs: pairs.length,
    covered: both.length,
    share: pairs.length === 0 ? 0 : both.length / pairs.length,
    types: types.length,
    missingTypes: types.filter((type) => !known.has(type)).sort((one, other) => (one < other ? -1 : 1)),
    rho: {
      covered: modelCorrelation(
        both.map(({ one, other }) => cosine(one ?? mean, other ?? mean)),
        both.map((pair) => pair.gold),
      ),
      'mean-vector': modelCorrelation(
        found.map(({ one, other }) => cosine(one ?? mean, other ?? mean)),
        gold,
      ),
      zero: modelCorrelation(
        found.map(({ one, other }) => (one === null || other === null ? 0 : cosine(one, other))),
        gold,
      ),
    },
  };
}

/** Spearman of two columns with Bonett & Wright's interval. */
function modelCorrelation(similarities: readonly number[], gold: readonly number[]): ModelCorrelation {
  const pairs = gold.length;
  if (pairs < 2) return { value: null, reason: 'fewer than two pairs are covered' };
  const value = correlationOf(averageRanks(similarities), averageRanks(gold));
  if (value === null) return { value, reason: 'gold or the similarities are constant' };
  return { value, pairs, ci: correlationInterval('spearman', value, pairs) };
}

function cosine(one: ArrayLike<number>, other: ArrayLike<number>): number {
  let product = 0;
  let own = 0;
  let theirs = 0;
  for (let at = 0; at < one.length; at++) {
    const x = one[at] ?? 0;
    const y = other[at] ?? 0;
    product += x * y;
    own += x * x;
    theirs += y * y;
  }
  const scale = Math.sqrt(own) * Math.sqrt(theirs);
  return scale > 0 ? product / scale : 0;
}

function meanOfVectors({ words, dimensions, values }: Embedding): Float64Array {
  const mean = new Float64Array(dimensions);
  for (let at = 0; at < values.length; at++) {
    const component = at % dimensions;
    mean[component] = (mean[component] ?? 0) + (values[at] ?? 0) / words.length;
  }
  return mean;
}
