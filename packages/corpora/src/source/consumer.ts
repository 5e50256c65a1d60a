import type { Line } from './lines.ts';
import { LineSplitter } from './lines.ts';

/** A reader of one format as a state machine: lines in, events out, nothing held but the document at hand. */
export interface LineConsumer<Event> {
  take(line: Line): Iterable<Event>;
  /** Called once, after the last line. */
  end(): Iterable<Event>;
}

/** Feeds a stream of bytes to a consumer, line by line. Rejects only where the source itself fails. */
export async function* consumeLines<Event>(
  source: AsyncIterable<Uint8Array>,
  consumer: LineConsumer<Event>,
  maxLineBytes: number,
): AsyncGenerator<Event> {
  const splitter = new LineSplitter(maxLineBytes);
  for await (const chunk of source) {
    for (const line of splitter.push(chunk)) yield* consumer.take(line);
  }
  for (const line of splitter.end()) yield* consumer.take(line);
  yield* consumer.end();
}
