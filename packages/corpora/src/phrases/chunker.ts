import type { DocumentContent } from '@casebook/contracts';
import { proposeWith, type ProposedPhrase } from './propose.ts';
import { winkTagger } from './wink.ts';

/** What proposes: the library that tags, its model, and the version of the rules over its tags; raised when they change. */
export const CHUNKER = 'wink-nlp 2.4.0, wink-eng-lite-web-model 1.8.1, rules 1';

/** The phrases of an English text that can refer, as the kept tagger and the rules see them. Takes some 30 ms for 1,000 tokens. */
export function proposePhrases(content: Pick<DocumentContent, 'tokens' | 'sentences'>): ProposedPhrase[] {
  return proposeWith(winkTagger(), content);
}
