import type { TaskTypeWeb } from '../../task-type-web.ts';
import {
  bestWorstContract,
  type BestWorstAnswer,
  type BestWorstProtocol,
  type BestWorstUnit,
} from '../contract.ts';
import { bestWorstKeys } from '../keys.ts';
import { describeChoice, labelOfTuple } from '../words.ts';

/** Best–worst scaling in the browser. */
export const bestWorstWeb: TaskTypeWeb<BestWorstUnit, BestWorstAnswer, BestWorstProtocol> = {
  contract: bestWorstContract,
  editor: async () => (await import('./Editor.svelte')).default,
  keys: bestWorstKeys,
  label: labelOfTuple,
  describe: describeChoice,
  protocolForm: async () => (await import('./ProtocolForm.svelte')).default,
  unitView: async () => (await import('./UnitView.svelte')).default,
};
