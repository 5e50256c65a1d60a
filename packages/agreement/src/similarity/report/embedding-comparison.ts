import { type ComparedModels, compareModels, type CompareOptions } from '../model/compare-models.ts';
import { cosines, type Embedding, type GoldPair, Lexicon, modelTask } from '../model/embedding.ts';

export interface NamedEmbedding {
  readonly name: string;
  readonly embedding: Embedding;
}

/**
 * Every two models against each other on the pairs of which all of them have both words: pairs that only some cover
 * would make the comparison one of vocabularies. Models go by their names, which must differ.
 */
export function compareEmbeddings(
  pairs: readonly GoldPair[],
  models: readonly NamedEmbedding[],
  options: CompareOptions = {},
): ComparedModels {
  const lexicons = models.map(({ name, embedding }) => ({ name, lexicon: new Lexicon(embedding) }));
  const shared = pairs.filter(({ word1, word2 }) =>
    lexicons.every(({ lexicon }) => lexicon.find(word1) !== null && lexicon.find(word2) !== null),
  );
  return compareModels(
    shared.map(({ gold }) => gold),
    lexicons.map(({ name, lexicon }) => {
      const task = modelTask(shared, lexicon);
      return { name, similarities: cosines(task, task.vectors) };
    }),
    options,
  );
}
