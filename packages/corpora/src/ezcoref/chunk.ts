import { SourceFault } from '../source/fault.ts';
import { isObject } from '../source/json.ts';

/** A sentence with its gold mentions; ranges are half open, in tokens of the sentence. */
export interface Sentence {
  tokens: string[];
  mentions: { chain: string; start: number; end: number }[];
}

/**
 * The sentences of a gold chunk: a list of them, or an object that has them as `sentences`.
 *
 * @throws SourceFault where the JSON has another shape.
 */
export function chunkOf(json: unknown): Sentence[] {
  const sentences = isObject(json) ? json['sentences'] : json;
  if (!Array.isArray(sentences))
    throw fault('the file holds no sentences', 'a list of sentences, or an object with "sentences"');
  return (sentences as unknown[]).map(sentenceOf);
}

function sentenceOf(value: unknown, index: number): Sentence {
  const tokens: unknown = isObject(value) ? value['tokens'] : null;
  const mentions: unknown = isObject(value) ? value['mentions'] : null;
  if (!Array.isArray(tokens) || !tokens.every((token) => typeof token === 'string' && token !== '')) {
    throw fault(`sentence ${index} has no list of words as "tokens"`, 'words of at least one character');
  }
  const words = tokens as string[];
  return {
    tokens: words,
    mentions: Array.isArray(mentions)
      ? (mentions as unknown[]).map((mention) => mentionOf(mention, index, words.length))
      : [],
  };
}

function mentionOf(value: unknown, sentence: number, length: number): Sentence['mentions'][number] {
  const [chain, range] = Array.isArray(value) ? (value as unknown[]) : [];
  const [start, end] = Array.isArray(range) ? (range as unknown[]) : [];
  const whole =
    Number.isInteger(start) &&
    Number.isInteger(end) &&
    (typeof chain === 'number' || typeof chain === 'string');
  const [from, to] = [Number(start), Number(end)];
  if (!whole || from < 0 || from >= to || to > length)
    throw fault(
      `sentence ${sentence} has a mention ${JSON.stringify(value)} that is no range of it`,
      '[entity, [start, end]] within the sentence',
    );
  return { chain: String(chain), start: from, end: to };
}

function fault(reason: string, expected: string): SourceFault {
  return new SourceFault({ line: 1, column: 1 }, reason, expected);
}
