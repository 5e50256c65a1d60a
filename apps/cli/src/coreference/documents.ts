import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import type { CoreferenceDocument, CoreferenceEntity, MentionSpan } from '@casebook/agreement';
import type { DocumentContent, Mention } from '@casebook/contracts';
import { readDocuments } from '@casebook/corpora';
import { type Terminal, UsageError } from '../usage.ts';

interface Read {
  readonly key: string;
  readonly entities: CoreferenceEntity[];
}

/** Reads all documents of a file, in any format that is detected. What is refused ends the command with its place. */
export async function readEntities(path: string, terminal: Terminal): Promise<Read[]> {
  const file = path === '-' ? 'stdin' : path;
  const source = path === '-' ? terminal.stdin : createReadStream(path);
  const read: Read[] = [];
  try {
    for await (const event of readDocuments(source, { fileName: path === '-' ? 'stdin' : basename(path) })) {
      if (event.kind === 'refused') {
        const { line, column, reason, expected } = event.refusal;
        throw new UsageError(`${file}:${line}:${column}: ${reason}; expected ${expected}`);
      }
      if (event.kind === 'understood') continue;
      const { key, content, remarks } = event.document;
      for (const { line, reason } of remarks) terminal.stderr.write(`${file}:${line}: ${reason}\n`);
      read.push({ key, entities: entitiesOf(content) });
    }
  } catch (error) {
    if (error instanceof UsageError || !(error instanceof Error) || !('code' in error)) throw error;
    throw new UsageError(
      `${file}: the file can't be read (${String(error.code)}); expected a file or - for stdin`,
    );
  }
  if (read.length === 0) throw new UsageError(`${file}:1:1: there is no document; expected one or more`);
  return read;
}

/** The entities of a document: chains in the order of the file, plural ones with the places of those they are made of. */
function entitiesOf(content: DocumentContent): CoreferenceEntity[] {
  const spans = new Map(content.mentions.map((mention) => [mention.id, spanOf(mention)]));
  const chainOf = new Map(
    content.chains.flatMap((chain, place) => chain.mentions.map((id) => [id, place] as const)),
  );
  const parts = new Map<number, number[]>();
  for (const { kind, from, to } of content.links ?? []) {
    const whole = chainOf.get(from);
    if (kind !== 'split-antecedent' || whole === undefined) continue;
    const own = to.flatMap((id) => chainOf.get(id) ?? []);
    parts.set(whole, [...new Set([...(parts.get(whole) ?? []), ...own])]);
  }
  return content.chains.map((chain, place) => {
    const mentions = chain.mentions.flatMap((id) => spans.get(id) ?? []);
    const own = parts.get(place);
    return own === undefined || own.length === 0 ? mentions : { mentions, parts: own };
  });
}

/** `Min=7,8`, tokens of the document counted from 1, is how ARRAU and Universal Anaphora write a minimum span. */
function spanOf({ ranges, head, attributes }: Mention): MentionSpan {
  const minimum = /^(\d+)(?:,(\d+))?$/u.exec(attributes?.['Min'] ?? attributes?.['min'] ?? '');
  const first = Number(minimum?.[1]);
  const last = Number(minimum?.[2] ?? minimum?.[1]);
  return {
    ranges,
    ...(head === undefined ? {} : { head }),
    ...(minimum === null ? {} : { minSpan: [[first - 1, last]] }),
  };
}

/**
 * Pairs the documents of two files by name, in the order of the key, as scorer.pl does: a document that the response
 * lacks counts as unanswered, one that the key lacks is passed over; both are said. Two files of one document each
 * are a pair whatever the names.
 */
export function pairDocuments(
  key: readonly Read[],
  response: readonly Read[],
  warn: (message: string) => void,
): CoreferenceDocument[] {
  const [onlyKey, onlyResponse] = [key[0], response[0]];
  if (key.length === 1 && response.length === 1 && onlyKey !== undefined && onlyResponse !== undefined) {
    if (onlyKey.key !== onlyResponse.key) {
      warn(`the key's document is ${onlyKey.key}, the response's ${onlyResponse.key}; taken for the same`);
    }
    return [{ id: onlyKey.key, key: onlyKey.entities, response: onlyResponse.entities }];
  }
  const answers = new Map(response.map((document) => [document.key, document.entities]));
  const documents = key.map((document) => {
    const own = answers.get(document.key);
    if (own === undefined) warn(`the response has no document ${document.key}; it counts as unanswered`);
    answers.delete(document.key);
    return { id: document.key, key: document.entities, response: own ?? [] };
  });
  for (const name of answers.keys()) warn(`the key has no document ${name}; it is passed over`);
  return documents;
}
