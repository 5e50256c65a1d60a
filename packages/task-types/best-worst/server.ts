import type { TaskTypeServer } from '../task-type-server.ts';
import { withoutScores } from '../word-pairs/without-scores.ts';
import { bestWorstAgreement } from './agreement.ts';
import { bestWorstContract } from './contract.ts';
import type { BestWorstAnswer, BestWorstProtocol, BestWorstUnit } from './contract.ts';
import { bestWorstChoices, bestWorstTable } from './export.ts';
import { planBestWorst } from './plan.ts';
import { bestWorstReadings } from './readings.ts';
import { describeChoice, labelOfTuple, misfitOfChoice } from './words.ts';

export const bestWorstServer: TaskTypeServer<BestWorstUnit, BestWorstAnswer, BestWorstProtocol> = {
  contract: bestWorstContract,
  plan: planBestWorst,
  across: {
    itemsOf: ({ pairs }) => pairs.map(({ id }) => id),
    fewest: ({ tupleSize }) => tupleSize,
  },
  // A pair's published score says nothing of a tuple as long as the scores of the others are on no common scale.
  gold: () => new Map(),
  pointsAt: () => [],
  misfit: misfitOfChoice,
  withoutGold: withoutScores,
  readings: bestWorstReadings,
  agreement: bestWorstAgreement,
  label: labelOfTuple,
  describe: describeChoice,
  exports: [bestWorstTable, bestWorstChoices],
};
