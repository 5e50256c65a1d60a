/** Which rule took some words for a phrase that can refer. */
export const PHRASE_RULES = [
  'pronoun',
  'possessive pronoun',
  'proper name',
  'noun phrase',
  'possessor',
  'coordination',
  'date',
] as const;
export type PhraseRule = (typeof PHRASE_RULES)[number];

/** A phrase within its sentence: tokens from `start` to before `end`. */
export interface Phrase {
  readonly start: number;
  readonly end: number;
  readonly rule: PhraseRule;
}
