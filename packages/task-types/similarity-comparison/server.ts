import type { TaskTypeServer } from '../task-type-server.ts';
import { withoutScores } from '../word-pairs/without-scores.ts';
import { comparisonAgreement } from './agreement.ts';
import { similarityComparisonContract } from './contract.ts';
import type {
  SimilarityComparisonAnswer,
  SimilarityComparisonProtocol,
  SimilarityComparisonUnit,
} from './contract.ts';
import { comparisonRows, comparisonTable } from './export.ts';
import { planSimilarityComparison } from './plan.ts';
import { comparisonReadings } from './readings.ts';
import { describeComparison, labelOfComparison, misfitOfComparison } from './words.ts';

export const similarityComparisonServer: TaskTypeServer<
  SimilarityComparisonUnit,
  SimilarityComparisonAnswer,
  SimilarityComparisonProtocol
> = {
  contract: similarityComparisonContract,
  plan: planSimilarityComparison,
  across: {
    itemsOf: ({ first, second }) => [first.id, second.id],
    fewest: () => 2,
  },
  // A pair's published score is gold of a pair, and a unit here is two of them.
  gold: () => new Map(),
  pointsAt: () => [],
  misfit: misfitOfComparison,
  withoutGold: withoutScores,
  readings: comparisonReadings,
  agreement: comparisonAgreement,
  label: labelOfComparison,
  describe: describeComparison,
  exports: [comparisonTable, comparisonRows],
};
