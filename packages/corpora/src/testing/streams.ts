import type { ReadDocument, ReadEvent, Refusal } from '../events.ts';
import { readDocuments } from '../read-documents.ts';
import type { ReadOptions } from '../read-documents.ts';

/** Text as a stream of UTF-8 in chunks of `size` bytes, which cut lines and characters where they will. */
export async function* streamOf(content: string | Uint8Array, size = 7): AsyncGenerator<Uint8Array> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  for (let at = 0; at < bytes.length; at += size) {
    await Promise.resolve();
    yield bytes.subarray(at, at + size);
  }
}

export async function collected<Event>(events: AsyncIterable<Event>): Promise<Event[]> {
  const all: Event[] = [];
  for await (const event of events) all.push(event);
  return all;
}

export interface Reading {
  events: ReadEvent[];
  documents: ReadDocument[];
  refusals: Refusal[];
}

/** Reads a text as `readDocuments` would from a file. */
export async function reading(content: string | Uint8Array, options: ReadOptions): Promise<Reading> {
  const events = await collected(readDocuments(streamOf(content, 4096), options));
  return {
    events,
    documents: events.flatMap((event) => (event.kind === 'document' ? [event.document] : [])),
    refusals: events.flatMap((event) => (event.kind === 'refused' ? [event.refusal] : [])),
  };
}
