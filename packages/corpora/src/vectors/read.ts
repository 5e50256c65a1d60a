import type { Refusal } from '../events.ts';
import { SourceFault } from '../source/fault.ts';
import { peek } from '../source/head.ts';
import { BinaryVectors } from './binary.ts';
import { detectVectorFormat } from './detect.ts';
import { gunzip } from './gunzip.ts';
import { JsonVectors } from './json.ts';
import { KeptVectors } from './kept-vectors.ts';
import { TextVectors } from './text.ts';

/** `word2vec-text` is fastText's `.vec` too. */
export type VectorFormat = 'word2vec-text' | 'word2vec-binary' | 'glove-text' | 'json';

/** The wanted words' vectors of a file: those of word w at `values[w * dimensions]` onwards. */
export interface WordVectors {
  readonly format: VectorFormat;
  readonly words: readonly string[];
  readonly dimensions: number;
  readonly values: Float32Array;
  /** Words in the file, wanted or not. */
  readonly vocabulary: number;
  /** Further entries of a wanted word; the first one stands. */
  readonly repeated: number;
  /** Mean of all vectors of the file, where it was asked for. */
  readonly mean: Float64Array | null;
}

export interface VectorReadOptions {
  /** Named in the refusal. */
  readonly fileName: string;
  /** The words to keep, as the file may write them. */
  readonly words: ReadonlySet<string>;
  /** Whether to take the mean of all vectors, which means reading all numbers of a text file. */
  readonly mean?: boolean;
  /** Skips the search for it. */
  readonly format?: VectorFormat;
  /** Called now and then with the bytes read, as they come, compressed or not. */
  readonly onProgress?: (bytes: number) => void;
}

export type VectorsRead =
  | { readonly kind: 'read'; readonly vectors: WordVectors }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

const HEAD_BYTES = 65_536;
const MAX_LINE_BYTES = 4_194_304;

/**
 * Reads word vectors as a stream: word2vec text and binary, GloVe text, fastText `.vec`, JSON, each gzipped or not. Holds
 * the wanted words' vectors and a line, no more. Bad input never throws; rejects only where the source does.
 */
export async function readVectors(
  source: AsyncIterable<Uint8Array>,
  options: VectorReadOptions,
): Promise<VectorsRead> {
  const outer = await peek(counted(source, options.onProgress), 2);
  const isGzip = outer.head[0] === 0x1f && outer.head[1] === 0x8b;
  try {
    return await readPlain(isGzip ? gunzip(outer.whole) : outer.whole, options);
  } catch (error) {
    if (error instanceof SourceFault) return { kind: 'refused', refusal: error.in(options.fileName) };
    if (isGzip && isDamage(error)) {
      const fault = new SourceFault(
        { line: 1, column: 1 },
        'the gzip stream is damaged or cut short',
        'a whole gzip file',
      );
      return { kind: 'refused', refusal: fault.in(options.fileName) };
    }
    throw error;
  }
}

async function readPlain(
  source: AsyncIterable<Uint8Array>,
  options: VectorReadOptions,
): Promise<VectorsRead> {
  const { head, whole } = await peek(source, HEAD_BYTES);
  const format = options.format ?? detectVectorFormat(head);
  if (format === null) {
    await whole.return(undefined);
    throw new SourceFault(
      { line: 1, column: 1 },
      head.length === 0 ? 'the file is empty' : 'the file holds no word vectors',
      'word2vec text or binary, GloVe text, fastText .vec or JSON',
    );
  }
  const kept = new KeptVectors(options.words, options.mean === true);
  const reader =
    format === 'json'
      ? new JsonVectors(kept)
      : format === 'word2vec-binary'
        ? new BinaryVectors(kept)
        : new TextVectors(kept, format === 'word2vec-text', MAX_LINE_BYTES);
  for await (const chunk of whole) reader.push(chunk);
  reader.end();
  return { kind: 'read', vectors: kept.finish(format) };
}

async function* counted(
  source: AsyncIterable<Uint8Array>,
  onProgress: ((bytes: number) => void) | undefined,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of source) {
    bytes += chunk.length;
    onProgress?.(bytes);
    yield chunk;
  }
}

/** What inflating throws: a TypeError, or an error of zlib's in Node. */
function isDamage(error: unknown): boolean {
  if (error instanceof TypeError) return true;
  return error instanceof Error && 'code' in error && /^(?:Z_|ERR_)/u.test(String(error.code));
}
