import { HEAD_BYTES } from './detection/detect-format.ts';
import { refusedContent } from './detection/refused-content.ts';
import type { PairReadEvent, Separator } from './events.ts';
import { consumeLines } from './source/consumer.ts';
import { peek } from './source/head.ts';
import type { Limits } from './source/limits.ts';
import { DEFAULT_LIMITS } from './source/limits.ts';
import { PairReader } from './word-pairs/read.ts';
import { separatorOf } from './word-pairs/separator.ts';

export interface PairReadOptions {
  /** Named in refusals. */
  fileName: string;
  /** Skips the search for it. */
  separator?: Separator;
  limits?: Partial<Limits>;
}

/**
 * Reads word pairs from a table, row by row; see {@link PairReadEvent}. Bad input never throws: a bad row comes as
 * `refused` and the next goes on; a file that holds no pairs is refused once. Rejects only where the source does.
 */
export async function* readWordPairs(
  source: AsyncIterable<Uint8Array>,
  options: PairReadOptions,
): AsyncGenerator<PairReadEvent> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const { head, whole } = await peek(source, HEAD_BYTES);
  const content = head.length === 0 ? 'the file is empty' : refusedContent(head);
  const separator = options.separator ?? separatorOf(head, limits.columns);
  if (content !== null || separator === null) {
    const reason = content ?? 'its rows fall into columns by no separator';
    const expected = 'a table of word pairs, separated by tabs, commas or semicolons';
    yield { kind: 'refused', refusal: { file: options.fileName, line: 1, column: 1, reason, expected } };
    await whole.return(undefined);
    return;
  }
  yield* consumeLines(whole, new PairReader(options.fileName, separator, limits), limits.lineBytes);
}
