import type { TaskTypeWeb } from '../../task-type-web.ts';
import {
  similarityComparisonContract,
  type SimilarityComparisonAnswer,
  type SimilarityComparisonProtocol,
  type SimilarityComparisonUnit,
} from '../contract.ts';
import { similarityComparisonKeys } from '../keys.ts';
import { describeComparison, labelOfComparison } from '../words.ts';

/** Similarity comparison in the browser. */
export const similarityComparisonWeb: TaskTypeWeb<
  SimilarityComparisonUnit,
  SimilarityComparisonAnswer,
  SimilarityComparisonProtocol
> = {
  contract: similarityComparisonContract,
  editor: async () => (await import('./Editor.svelte')).default,
  keys: similarityComparisonKeys,
  label: labelOfComparison,
  describe: describeComparison,
  protocolForm: async () => (await import('./ProtocolForm.svelte')).default,
  unitView: async () => (await import('./UnitView.svelte')).default,
};
