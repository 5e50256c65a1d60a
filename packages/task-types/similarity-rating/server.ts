import type { TaskTypeServer } from '../task-type-server.ts';
import { withoutScores } from '../word-pairs/without-scores.ts';
import { similarityAgreement, similarityAgreementChange } from './agreement.ts';
import { similarityRatingContract } from './contract.ts';
import type { SimilarityRatingAnswer, SimilarityRatingProtocol, SimilarityRatingUnit } from './contract.ts';
import { similarityTable } from './export.ts';
import { goldOf } from './gold.ts';
import { planSimilarityRating } from './plan.ts';
import { similarityReadings } from './readings.ts';
import { describeRating, labelOfPair, misfitOfRating } from './words.ts';

export const similarityRatingServer: TaskTypeServer<
  SimilarityRatingUnit,
  SimilarityRatingAnswer,
  SimilarityRatingProtocol
> = {
  contract: similarityRatingContract,
  plan: planSimilarityRating,
  gold: goldOf,
  pointsAt: () => [],
  misfit: misfitOfRating,
  withoutGold: withoutScores,
  readings: similarityReadings,
  agreement: similarityAgreement,
  agreementChange: similarityAgreementChange,
  label: labelOfPair,
  describe: describeRating,
  exports: [similarityTable],
};
