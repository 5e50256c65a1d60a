import { DEMONSTRATIVE, INDEFINITE, PERSONAL, POSSESSIVE, REFLEXIVE } from './closed-classes.ts';
import type { Phrase } from './phrase.ts';
import type { TaggedSentence } from './tagged.ts';

/**
 * A pronoun that is a phrase by itself: personal, reflexive, indefinite, or demonstrative where no noun follows.
 * Relative pronouns and question words are none. Null where there is none.
 */
export function pronounAt(sentence: TaggedSentence, at: number): Phrase | null {
  const word = sentence.word(at);
  const alone =
    PERSONAL.has(word) || REFLEXIVE.has(word) || INDEFINITE.has(word) || standsAlone(sentence, at, word);
  return alone ? { start: at, end: at + 1, rule: 'pronoun' } : null;
}

/** `'Twas`, `I'm`, `he'd`: the token begins with a pronoun, and is not only it. */
export function contractedPronoun(word: string): boolean {
  const cut = word.indexOf("'");
  return cut > 0 && PERSONAL.has(word.slice(0, cut));
}

/** A possessive pronoun, which belongs to a larger phrase. */
export function isPossessive(sentence: TaggedSentence, at: number): boolean {
  return POSSESSIVE.has(sentence.word(at));
}

function standsAlone(sentence: TaggedSentence, at: number, word: string): boolean {
  if (word === 'his') return true;
  if (!DEMONSTRATIVE.has(word) || sentence.part(at) === 'SCONJ') return false;
  const next = sentence.part(at + 1);
  if (word === 'that') {
    // After a noun or a verb it opens a clause.
    const before = sentence.part(at - 1);
    return (
      (next === 'AUX' || next === 'PUNCT') && before !== 'NOUN' && before !== 'PROPN' && before !== 'VERB'
    );
  }
  return next === 'AUX' || next === 'VERB' || next === 'PUNCT' || next === 'ADP' || next === 'ADV';
}
