const PARTS_OF_SPEECH: Readonly<Record<string, string>> = {
  N: 'noun',
  NOUN: 'noun',
  V: 'verb',
  VERB: 'verb',
  A: 'adjective',
  ADJ: 'adjective',
  R: 'adverb',
  ADV: 'adverb',
};

/** The part of speech as a coder reads it: lists of pairs abbreviate it each in its own way. */
export function partOfSpeechInWords(code: string): string {
  return PARTS_OF_SPEECH[code.toUpperCase()] ?? code;
}
