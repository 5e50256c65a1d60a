import { HEAD_BYTES } from '../detection/detect-format.ts';
import type { Separator } from '../events.ts';
import { readWordPairs } from '../read-word-pairs.ts';
import { consumeLines } from '../source/consumer.ts';
import { peek } from '../source/head.ts';
import type { Limits } from '../source/limits.ts';
import { DEFAULT_LIMITS } from '../source/limits.ts';
import { LongTable } from './long.ts';
import { longColumnsOf, missingColumn } from './long-columns.ts';
import type { RatingTableRead } from './rating-table.ts';
import { wideTable } from './wide.ts';

export interface RatingTableOptions {
  /** Named in refusals. */
  readonly fileName: string;
  /** Judged by the header where left out. */
  readonly layout?: 'wide' | 'long';
  readonly limits?: Partial<Limits>;
}

/**
 * Reads ratings of word pairs: a row a pair with a column a rater (`wide`; gold alone will do), or a row a judgement
 * with columns for coder, words and value (`long`). Bad input never throws: the first bad row refuses the file, for a
 * figure over half a table is worse than none. Rejects only where the source does.
 */
export async function readRatingTable(
  source: AsyncIterable<Uint8Array>,
  options: RatingTableOptions,
): Promise<RatingTableRead> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const { head, whole } = await peek(source, HEAD_BYTES);
  const { separator, isLong } = headerOf(head);
  if (options.layout === 'wide' || (options.layout === undefined && !isLong))
    return wideTable(readWordPairs(whole, { fileName: options.fileName, limits }));
  const table = new LongTable(separator, limits.columns);
  for await (const fault of consumeLines(whole, table, limits.lineBytes))
    return { kind: 'refused', refusal: fault.in(options.fileName) };
  return { kind: 'read', layout: 'long', ...table.read() };
}

/** The separator of the first line, and whether it names persons beside words and values. */
function headerOf(head: Uint8Array): { separator: Separator; isLong: boolean } {
  const line = new TextDecoder().decode(head).split(/\r?\n/u, 1)[0] ?? '';
  const separator = line.includes('\t') ? '\t' : line.includes(';') && !line.includes(',') ? ';' : ',';
  const names = line.split(separator).map((name) => name.replaceAll('"', ''));
  return { separator, isLong: missingColumn(longColumnsOf(names)) === null };
}
