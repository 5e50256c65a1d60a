import type { TaskTypeWeb } from '../../task-type-web.ts';
import {
  coreferenceContract,
  type CoreferenceProtocol,
  type EitherAnswer,
  type EitherUnit,
} from '../contract.ts';
import { CONFERENCE_KEYS } from '../conference/keys.ts';
import { DOCUMENT_KEYS } from '../document-editor/keys.ts';
import { BORDER_KEYS, CHARACTER_KEYS, COREFERENCE_KEYS } from '../keys.ts';
import { describeAnswer, labelOf } from '../words.ts';
import { SIDE_BY_SIDE_KEYS } from './side-by-side/keys.ts';

/** Coreference in the browser. */
export const coreferenceWeb: TaskTypeWeb<EitherUnit, EitherAnswer, CoreferenceProtocol> = {
  contract: coreferenceContract,
  editor: async () => (await import('./EitherEditor.svelte')).default,
  keys: ({ pass, corrections }) =>
    pass.kind === 'steps'
      ? corrections === 'none'
        ? COREFERENCE_KEYS.filter(({ keys }) => keys !== 'B')
        : [...COREFERENCE_KEYS, ...BORDER_KEYS, ...(corrections === 'characters' ? CHARACTER_KEYS : [])]
      : [...DOCUMENT_KEYS, { keys: 'Ctrl Enter', does: 'Hand the document in' }],
  validator: {
    component: async () => (await import('./conference/Validator.svelte')).default,
    keys: CONFERENCE_KEYS,
  },
  label: labelOf,
  describe: (answer, _unit, nameOf) => describeAnswer(answer, nameOf),
  protocolForm: async () => (await import('./ProtocolForm.svelte')).default,
  adjudicator: async () => (await import('./Adjudicator.svelte')).default,
  sideBySide: {
    component: async () => (await import('./side-by-side/SideBySide.svelte')).default,
    keys: SIDE_BY_SIDE_KEYS,
  },
  unitView: async () => (await import('./EitherUnitView.svelte')).default,
};
