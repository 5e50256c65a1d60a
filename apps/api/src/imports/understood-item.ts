import { createHash } from 'node:crypto';
import type { DocumentContent, ItemContent, Refusal, WordPair } from '@casebook/contracts';
import type { ReadDocument } from '@casebook/corpora';
import { Malformed } from '../errors.ts';
import { refuseUnsafe } from '../http/untrusted-json.ts';
import { canonicalJson } from './canonical-json.ts';

/** An item as it will be stored, with the line of the file on which it begins. */
export interface UnderstoodItem {
  readonly line: number;
  readonly key: string;
  readonly name: string;
  readonly summary: string;
  /** The content as canonical JSON, and the SHA-256 of that in hex. */
  readonly content: string;
  readonly contentHash: string;
}

/** An item, or why what the reader understood can't be stored. */
export type Storable =
  | { readonly kind: 'item'; readonly item: UnderstoodItem }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** What an index of the database holds of a key, with room to spare. */
const MAXIMUM_NAME = 300;
const MAXIMUM_MENTION_ID = 120;

/** A document is known by its name within the collection. */
export function storableDocument(file: string, document: ReadDocument): Storable {
  const { key, name, line, content } = document;
  const longest = content.mentions.reduce((length, { id }) => Math.max(length, id.length), 0);
  if (key.length > MAXIMUM_NAME || name.length > MAXIMUM_NAME) {
    return refused(file, line, 'the name of the document is too long', `at most ${MAXIMUM_NAME} characters`);
  }
  if (longest > MAXIMUM_MENTION_ID) {
    return refused(file, line, 'an id of a mention is too long', `at most ${MAXIMUM_MENTION_ID} characters`);
  }
  const item = { line, key: key.normalize('NFC'), name, summary: summaryOfDocument(content) };
  return storable(file, item, { kind: 'document', document: content });
}

/** One line that says how much a document holds. */
export function summaryOfDocument({ tokens, mentions, chains }: DocumentContent): string {
  return [
    counted(tokens.length, 'token', 'tokens'),
    counted(mentions.length, 'markable', 'markables'),
    ...(chains.length === 0 ? [] : [counted(chains.length, 'chain', 'chains')]),
  ].join(', ');
}

/** Content as it is stored, and the SHA-256 of that in hex. */
export function storedContent(content: ItemContent): { readonly text: string; readonly hash: string } {
  const text = canonicalJson(content);
  return { text, hash: createHash('sha256').update(text).digest('hex') };
}

/** A pair is known by its words, their order, and their part of speech; however they are composed in Unicode. */
export function storablePair(file: string, line: number, pair: WordPair): Storable {
  const { word1, word2, partOfSpeech, gold, ratings } = pair;
  const given = ratings?.filter((rating) => rating !== null).length ?? 0;
  const summary = [
    ...(gold === undefined ? [] : [`gold ${gold}`]),
    ...(given === 0 ? [] : [counted(given, 'rating', 'ratings')]),
  ].join(', ');
  const words = [word1, word2, ...(partOfSpeech === undefined ? [] : [partOfSpeech])];
  const key = JSON.stringify(words.map((word) => word.normalize('NFC')));
  const name = `${word1} – ${word2}${partOfSpeech === undefined ? '' : ` (${partOfSpeech})`}`;
  return storable(
    file,
    { line, key, name, summary: summary === '' ? 'no scores' : summary },
    { kind: 'word-pair', pair },
  );
}

function storable(
  file: string,
  item: Pick<UnderstoodItem, 'line' | 'key' | 'name' | 'summary'>,
  content: ItemContent,
): Storable {
  try {
    refuseUnsafe(content);
    refuseUnsafe([item.key, item.name]);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return refused(file, item.line, error.message, 'text that a database can hold');
  }
  const { text, hash } = storedContent(content);
  return { kind: 'item', item: { ...item, content: text, contentHash: hash } };
}

function refused(file: string, line: number, reason: string, expected: string): Storable {
  return { kind: 'refused', refusal: { file, line, column: 1, reason, expected } };
}

function counted(count: number, one: string, many: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}
