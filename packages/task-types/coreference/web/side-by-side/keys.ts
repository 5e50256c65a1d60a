import type { KeyHelp } from '../../../task-type-web.ts';

/** Every key of two annotations side by side. */
export const SIDE_BY_SIDE_KEYS: readonly KeyHelp[] = [
  { keys: 'N', does: 'Next difference' },
  { keys: 'P', does: 'Previous difference' },
];
