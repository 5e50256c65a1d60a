import { inReadingOrder } from '@casebook/contracts';
import type { DocumentContent, PhraseRule, TokenRange } from '@casebook/contracts';
import { contractedPronoun } from './pronoun.ts';
import { joinedPhraseAt } from './coordination.ts';
import type { Phrase } from './phrase.ts';
import { isPartOfSpeech, TaggedSentence, type Tagger } from './tagged.ts';

/** A phrase that may be a markable. */
export interface ProposedPhrase {
  readonly range: TokenRange;
  readonly rule: PhraseRule;
}

/**
 * Proposes the phrases of an English text that can refer, in reading order, none twice: noun phrases, names, pronouns and dates, those within
 * others as well. Where all tokens of a sentence
 * have universal parts of speech from their source, these are taken. No phrase goes beyond its sentence. Empty nodes are passed over.
 */
export function proposeWith(
  tagger: Tagger,
  { tokens, sentences }: Pick<DocumentContent, 'tokens' | 'sentences'>,
): ProposedPhrase[] {
  return sentences.flatMap(([start, end]) => {
    const places = Array.from({ length: end - start }, (_, index) => start + index).filter(
      (place) => tokens[place]?.empty !== true,
    );
    const words = places.flatMap((place) => tokens[place] ?? []);
    const given = words.map(({ partOfSpeech }) => partOfSpeech ?? '');
    const parts = given.every(isPartOfSpeech) ? given : tagger(words);
    const sentence = new TaggedSentence(
      words.map(({ text }, index) => ({
        word: text.toLowerCase().replaceAll('’', "'"),
        capital: /^\p{Lu}/u.test(text),
        part: parts[index] ?? 'X',
      })),
    );
    return phrasesOf(sentence)
      .map(({ start: first, end: after, rule }): ProposedPhrase => ({
        range: [places[first] ?? start, (places[after - 1] ?? start) + 1],
        rule,
      }))
      .sort((one, other) => inReadingOrder({ ranges: [one.range] }, { ranges: [other.range] }));
  });
}

function phrasesOf(sentence: TaggedSentence): Phrase[] {
  const found = new Map<string, Phrase>();
  for (let at = 0; at < sentence.length;) {
    const tree = joinedPhraseAt(sentence, at);
    for (const phrase of tree?.phrases ?? contracted(sentence, at)) {
      const place = `${phrase.start} ${phrase.end}`;
      if (!found.has(place)) found.set(place, phrase);
    }
    at = tree?.end ?? at + 1;
  }
  return [...found.values()];
}

/** *I'm* is one token by Unicode's rules; the pronoun can't be cut out of it, so the token stands for it. */
function contracted(sentence: TaggedSentence, at: number): Phrase[] {
  return contractedPronoun(sentence.word(at)) ? [{ start: at, end: at + 1, rule: 'pronoun' }] : [];
}
