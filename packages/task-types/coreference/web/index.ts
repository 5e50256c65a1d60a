import type { TaskTypeWeb } from '../../task-type-web.ts';
import {
  coreferenceContract,
  type CoreferenceAnswer,
  type CoreferenceProtocol,
  type CoreferenceUnit,
} from '../contract.ts';
import { COREFERENCE_KEYS } from '../keys.ts';
import { describeAnswer, labelOfMarkable } from '../words.ts';

/** Coreference in the browser. */
export const coreferenceWeb: TaskTypeWeb<CoreferenceUnit, CoreferenceAnswer, CoreferenceProtocol> = {
  contract: coreferenceContract,
  editor: async () => (await import('./Editor.svelte')).default,
  keys: () => COREFERENCE_KEYS,
  label: labelOfMarkable,
  describe: describeAnswer,
  protocolForm: async () => (await import('./ProtocolForm.svelte')).default,
  unitView: async () => (await import('./UnitView.svelte')).default,
};
