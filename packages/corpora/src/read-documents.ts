import { Conll2012Reader } from './conll-2012/read.ts';
import { ConllUReader } from './conll-u/read.ts';
import { detectFormat, HEAD_BYTES } from './detection/detect-format.ts';
import type { DocumentFormat } from './detection/formats.ts';
import type { ReadEvent } from './events.ts';
import type { LineConsumer } from './source/consumer.ts';
import { consumeLines } from './source/consumer.ts';
import { peek } from './source/head.ts';
import type { Limits } from './source/limits.ts';
import { DEFAULT_LIMITS } from './source/limits.ts';

export interface ReadOptions {
  /** Named in refusals; its extension helps to tell the format. */
  fileName: string;
  /** Skips detection. */
  format?: DocumentFormat;
  limits?: Partial<Limits>;
}

/**
 * Reads documents from a stream of bytes, one at a time: memory is bounded by the largest document and by
 * {@link Limits}. Bad input never throws: it comes as `refused` events, and what can be read goes on. Rejects only
 * where the source itself does.
 */
export async function* readDocuments(
  source: AsyncIterable<Uint8Array>,
  options: ReadOptions,
): AsyncGenerator<ReadEvent> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const { head, whole } = await peek(source, HEAD_BYTES);
  let { format } = options;
  if (format === undefined) {
    const detected = detectFormat(options.fileName, head);
    if (detected.kind !== 'documents') {
      const reason = detected.kind === 'pairs' ? 'the file is a table, not annotated text' : detected.reason;
      yield {
        kind: 'refused',
        refusal: { file: options.fileName, line: 1, column: 1, reason, expected: 'CoNLL-2012 or CoNLL-U' },
      };
      await whole.return(undefined);
      return;
    }
    format = detected.format;
  }
  yield { kind: 'understood', format };
  const { consumer, lineBytes } = readerOf(format, options.fileName, limits);
  yield* consumeLines(whole, consumer, lineBytes);
}

/** A document's name where the file gives none. */
function nameOf(fileName: string): string {
  const base = fileName.split(/[\\/]/u).at(-1) ?? fileName;
  const name = base.replace(/\.[A-Za-z0-9]{1,10}$/u, '');
  return name === '' ? 'document' : name;
}

function readerOf(
  format: DocumentFormat,
  fileName: string,
  limits: Limits,
): { consumer: LineConsumer<ReadEvent>; lineBytes: number } {
  const name = nameOf(fileName);
  switch (format) {
    case 'conll-2012':
      return { consumer: new Conll2012Reader(fileName, name, limits), lineBytes: limits.lineBytes };
    case 'conll-u':
      return { consumer: new ConllUReader(fileName, name, limits), lineBytes: limits.lineBytes };
  }
}
