import type { PhraseRule } from '@casebook/contracts';

/** A phrase within its sentence: tokens from `start` to before `end`. */
export interface Phrase {
  readonly start: number;
  readonly end: number;
  readonly rule: PhraseRule;
}
