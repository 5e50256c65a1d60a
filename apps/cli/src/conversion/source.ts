import { createReadStream, existsSync } from 'node:fs';
import { basename } from 'node:path';
import {
  type DocumentFormat,
  isStreamFormat,
  type ReadDocument,
  type ReadEvent,
  readBrat,
  readDocuments,
  readEzCoref,
  type Refusal,
} from '@casebook/corpora';
import { nameOf } from '../tables/read-text.ts';
import { type Terminal, UsageError } from '../usage.ts';
import type { ConvertCall } from './options.ts';

/** A document, with the format of its file. */
export interface SourceDocument {
  readonly format: DocumentFormat;
  readonly document: ReadDocument;
}

/** The documents of a file, one by one; what is refused ends the command with its place. */
export async function* sourceDocuments(
  call: ConvertCall,
  terminal: Terminal,
): AsyncGenerator<SourceDocument> {
  const file = nameOf(call.source);
  let format: DocumentFormat = 'casebook-jsonl';
  let found = false;
  try {
    for await (const event of eventsOf(call, terminal)) {
      if (event.kind === 'refused') throw refused(call.source, event.refusal);
      if (event.kind === 'understood') {
        format = event.format;
        continue;
      }
      found = true;
      yield { format, document: event.document };
    }
  } catch (error) {
    throw unreadable(file, error);
  }
  if (!found) throw new UsageError(`${file}:1:1: there is no document; expected one or more`);
}

/** A refusal as the terminal tells it: the folder of IN stands before the name. */
export function refused(source: string, { file, line, column, reason, expected }: Refusal): UsageError {
  const folder = source === '-' ? '' : source.slice(0, source.length - basename(source).length);
  return new UsageError(`${folder}${file}:${line}:${column}: ${reason}; expected ${expected}`);
}

export function unreadable(file: string, error: unknown): unknown {
  if (error instanceof UsageError || !(error instanceof Error) || !('code' in error)) return error;
  return new UsageError(
    `${file}: the file can't be read (${String(error.code)}); expected a file or - for stdin`,
  );
}

/** The bytes of IN, and the name that recognition and refusals go by. */
export function bytesOf(
  source: string,
  terminal: Terminal,
): { fileName: string; bytes: AsyncIterable<Uint8Array> } {
  return source === '-'
    ? { fileName: 'stdin', bytes: terminal.stdin }
    : { fileName: basename(source), bytes: createReadStream(source) };
}

function eventsOf(call: ConvertCall, terminal: Terminal): AsyncGenerator<ReadEvent> {
  const { source, from, annotations } = call;
  const language = call.language === null ? {} : { language: call.language };
  if (from === 'brat') {
    const base = source.replace(/\.(?:ann|txt)$/u, '');
    if (source === '-' || base === source)
      throw new UsageError(`${nameOf(source)} is not brat's .ann or .txt; expected one of the two`);
    for (const path of [`${base}.txt`, `${base}.ann`])
      if (!existsSync(path))
        throw new UsageError(`${path}: there is no such file; brat keeps it beside the other`);
    return readBrat(bytesOf(`${base}.txt`, terminal), bytesOf(`${base}.ann`, terminal), language);
  }
  if (from === 'ezcoref') {
    const key = basename(nameOf(source)).replace(/\.json$/u, '');
    const coders = annotations === null ? null : bytesOf(annotations, terminal);
    return readEzCoref(bytesOf(source, terminal), coders, { key });
  }
  const { fileName, bytes } = bytesOf(source, terminal);
  const format = from !== null && isStreamFormat(from) ? { format: from } : {};
  return readDocuments(bytes, { fileName, ...format, ...language });
}
