import type { TaskTypeServer } from '../task-type-server.ts';
import { coreferenceAgreement } from './agreement.ts';
import { coreferenceContract } from './contract.ts';
import type { CoreferenceAnswer, CoreferenceProtocol, CoreferenceUnit } from './contract.ts';
import { conll2012 } from './export.ts';
import { goldOf, withoutChains } from './gold.ts';
import { planCoreference } from './plan.ts';
import { coreferenceReadings } from './readings.ts';
import { describeAnswer, labelOfMarkable, misfitOfAnswer, pointedAt } from './words.ts';

export const coreferenceServer: TaskTypeServer<CoreferenceUnit, CoreferenceAnswer, CoreferenceProtocol> = {
  contract: coreferenceContract,
  plan: planCoreference,
  gold: goldOf,
  pointsAt: pointedAt,
  misfit: misfitOfAnswer,
  withoutGold: withoutChains,
  readings: coreferenceReadings,
  agreement: coreferenceAgreement,
  label: labelOfMarkable,
  describe: describeAnswer,
  exports: [conll2012],
};
