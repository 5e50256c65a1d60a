export { PHRASE_RULES } from './phrase.ts';
export type { PhraseRule } from './phrase.ts';
export { CHUNKER, proposePhrases } from './chunker.ts';
export type { ProposedPhrase } from './propose.ts';
