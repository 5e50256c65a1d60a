const PARTS_OF_SPEECH = [
  'ADJ',
  'ADP',
  'ADV',
  'AUX',
  'CCONJ',
  'DET',
  'INTJ',
  'NOUN',
  'NUM',
  'PART',
  'PRON',
  'PROPN',
  'PUNCT',
  'SCONJ',
  'SYM',
  'VERB',
  'X',
] as const;
/** Universal parts of speech, as the tagger and CoNLL-U name them. */
export type PartOfSpeech = (typeof PARTS_OF_SPEECH)[number];

const NAMES: ReadonlySet<string> = new Set(PARTS_OF_SPEECH);

/** Whether a source's tag is one of the universal parts of speech. */
export function isPartOfSpeech(tag: string): tag is PartOfSpeech {
  return NAMES.has(tag);
}

/** A token as the rules see it. */
export interface TaggedToken {
  /** In lower case, its apostrophes straight. */
  readonly word: string;
  readonly capital: boolean;
  readonly part: PartOfSpeech;
}

/** Tells the part of speech of each token of one sentence. */
export type Tagger = (tokens: readonly { text: string; spaceAfter?: false | undefined }[]) => PartOfSpeech[];

/** What a rule may ask beyond either end of a sentence. */
const NOTHING: TaggedToken = { word: '', capital: false, part: 'PUNCT' };

/** One sentence with its parts of speech. */
export class TaggedSentence {
  readonly #tokens: readonly TaggedToken[];

  constructor(tokens: readonly TaggedToken[]) {
    this.#tokens = tokens;
  }

  get length(): number {
    return this.#tokens.length;
  }

  at(index: number): TaggedToken {
    return this.#tokens[index] ?? NOTHING;
  }

  part(index: number): PartOfSpeech {
    return this.at(index).part;
  }

  word(index: number): string {
    return this.at(index).word;
  }
}
