import type { TaskTypeWeb } from '../../task-type-web.ts';
import {
  similarityRatingContract,
  type SimilarityRatingAnswer,
  type SimilarityRatingProtocol,
  type SimilarityRatingUnit,
} from '../contract.ts';
import { similarityRatingKeys } from '../keys.ts';
import { describeRating, labelOfPair } from '../words.ts';

/** Similarity rating in the browser. */
export const similarityRatingWeb: TaskTypeWeb<
  SimilarityRatingUnit,
  SimilarityRatingAnswer,
  SimilarityRatingProtocol
> = {
  contract: similarityRatingContract,
  editor: async () => (await import('./Editor.svelte')).default,
  keys: similarityRatingKeys,
  label: labelOfPair,
  describe: describeRating,
  protocolForm: async () => (await import('./ProtocolForm.svelte')).default,
  unitView: async () => (await import('./UnitView.svelte')).default,
};
