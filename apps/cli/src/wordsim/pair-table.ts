import type { RatingTable } from '@casebook/agreement';
import { type PairReadEvent, readWordPairs } from '@casebook/corpora';
import { type Terminal, UsageError } from '../usage.ts';
import { isLongTable, type LongExtras, longTable } from './long-table.ts';
import { type InputFile, Source } from './source.ts';

/** A table of rated pairs, where it came from, and how it was understood. */
export interface ReadTable {
  readonly table: RatingTable;
  readonly input: InputFile;
  readonly layout: 'wide' | 'long';
  readonly extras: LongExtras | null;
}

/** Reads a table in either layout; the first bad row is refused with its place. */
export async function readPairTable(
  path: string,
  layout: 'wide' | 'long' | null,
  terminal: Terminal,
): Promise<ReadTable> {
  const source = new Source(path, terminal);
  const chunks: Uint8Array[] = [];
  for await (const chunk of source.bytes()) chunks.push(Uint8Array.from(chunk));
  const input = source.input();
  if (layout === 'long' || (layout === null && isLongTable(chunks))) {
    return { ...longTable(textOf(chunks, source.name), source.name), input, layout: 'long' };
  }
  return { table: await wideTable(chunks, source.name), input, layout: 'wide', extras: null };
}

function textOf(chunks: readonly Uint8Array[], file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new UsageError(`${file}:1:1: the file is not UTF-8; expected text in UTF-8`);
  }
}

async function* streamed(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) {
    await Promise.resolve();
    yield chunk;
  }
}

async function wideTable(chunks: readonly Uint8Array[], file: string): Promise<RatingTable> {
  const pairs: { word1: string; word2: string; line: number; partOfSpeech?: string }[] = [];
  const gold: (number | null)[] = [];
  const ratings: (number | null)[][] = [];
  let understood: Extract<PairReadEvent, { kind: 'understood' }>['table'] | null = null;
  for await (const event of readWordPairs(streamed(chunks), { fileName: file })) {
    if (event.kind === 'refused') {
      const { line, column, reason, expected } = event.refusal;
      throw new UsageError(`${file}:${line}:${column}: ${reason}; expected ${expected}`);
    }
    if (event.kind === 'understood') {
      understood = event.table;
      continue;
    }
    const { word1, word2, partOfSpeech } = event.pair;
    pairs.push({ word1, word2, line: event.line, ...(partOfSpeech === undefined ? {} : { partOfSpeech }) });
    gold.push(event.pair.gold ?? null);
    ratings.push([...(event.pair.ratings ?? [])]);
  }
  const columns = understood?.columns ?? [];
  return {
    ...withoutTags(pairs),
    gold: columns.some(({ role }) => role === 'gold') ? gold : null,
    raters: columns.filter(({ role }) => role === 'rating').map(({ name }) => name),
    ratings,
    namesPersons: false,
    events: null,
  };
}

const TAG = /-([nvjarNVJAR])$/u;

/** Words as MEN's lemma list writes them, `sun-n`, without their tag; only where all words have one. */
function withoutTags(
  pairs: readonly { word1: string; word2: string; line: number; partOfSpeech?: string }[],
): Pick<RatingTable, 'pairs'> {
  if (pairs.length === 0 || !pairs.every(({ word1, word2 }) => TAG.test(word1) && TAG.test(word2)))
    return { pairs };
  return {
    pairs: pairs.map((pair) => ({
      ...pair,
      word1: pair.word1.replace(TAG, ''),
      word2: pair.word2.replace(TAG, ''),
      partOfSpeech: `${TAG.exec(pair.word1)?.[1] ?? ''}-${TAG.exec(pair.word2)?.[1] ?? ''}`,
    })),
  };
}
