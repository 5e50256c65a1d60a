import { quoted, SourceFault } from '../source/fault.ts';
import type { KeptVectors } from './kept-vectors.ts';

const NEWLINE = 0x0a;
const SPACE = 0x20;
const MAX_WORD_BYTES = 4096;
const MAX_DIMENSIONS = 65_536;

/**
 * word2vec's binary format: a line with the numbers of words and dimensions; then for each word its bytes, a space, and
 * the numbers as little-endian 32-bit floats, in some files with a newline after them.
 */
export class BinaryVectors {
  readonly #kept: KeptVectors;
  readonly #decoder = new TextDecoder('utf-8');
  #held: Uint8Array = new Uint8Array(0);
  #offset = 0;
  #announced: number | null = null;
  #vector = new Float32Array(0);

  constructor(kept: KeptVectors) {
    this.#kept = kept;
  }

  push(chunk: Uint8Array): void {
    let bytes = chunk;
    if (this.#held.length > 0) {
      bytes = new Uint8Array(this.#held.length + chunk.length);
      bytes.set(this.#held);
      bytes.set(chunk, this.#held.length);
    }
    const used = this.#consume(bytes);
    this.#offset += used;
    this.#held = bytes.slice(used);
  }

  end(): void {
    const { entries } = this.#kept;
    const announced = this.#announced ?? 0;
    if (this.#announced === null || entries < announced) {
      throw this.#fault(`the file ends inside word ${entries + 1}`, `${announced} words, as the header says`);
    }
  }

  /** @returns how many bytes are done with. */
  #consume(bytes: Uint8Array): number {
    let at = 0;
    if (this.#announced === null) {
      const newline = bytes.indexOf(NEWLINE);
      if (newline === -1) return 0;
      this.#header(bytes.subarray(0, newline));
      at = newline + 1;
    }
    const { dimensions } = this.#kept;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    while (this.#kept.entries < (this.#announced ?? 0)) {
      let start = at;
      while (bytes[start] === NEWLINE) start += 1;
      const space = bytes.indexOf(SPACE, start);
      if (space === -1) {
        if (bytes.length - start > MAX_WORD_BYTES) {
          throw this.#fault(
            `word ${this.#kept.entries + 1} has no end within ${MAX_WORD_BYTES} bytes`,
            'a word, a space and its numbers',
            start,
          );
        }
        return at;
      }
      const end = space + 1 + 4 * dimensions;
      if (end > bytes.length) return at;
      const word = this.#decoder.decode(bytes.subarray(start, space));
      this.#kept.entries += 1;
      if (this.#kept.mustRead(word)) this.#read(view, space + 1, word);
      at = end;
    }
    // What follows the last word is of no concern.
    return bytes.length;
  }

  #read(view: DataView, from: number, word: string): void {
    for (let component = 0; component < this.#vector.length; component += 1) {
      const value = view.getFloat32(from + 4 * component, true);
      if (!Number.isFinite(value)) {
        throw this.#fault(
          `number ${component + 1} of ${quoted(word)} (word ${this.#kept.entries}) is ${value}`,
          'a finite number',
          from + 4 * component,
        );
      }
      this.#vector[component] = value;
    }
    this.#kept.take(word, this.#vector);
  }

  #header(bytes: Uint8Array): void {
    const [words = NaN, dimensions = NaN] = this.#decoder.decode(bytes).trim().split(/\s+/u).map(Number);
    if (!Number.isInteger(words) || !(dimensions >= 1 && dimensions <= MAX_DIMENSIONS)) {
      throw this.#fault('the first line is no header', 'the number of words and of dimensions');
    }
    this.#announced = words;
    this.#kept.dimensions = dimensions;
    this.#vector = new Float32Array(dimensions);
  }

  /** Binary files have no lines: the column is the byte, from 1. */
  #fault(reason: string, expected: string, inChunk = 0): SourceFault {
    return new SourceFault({ line: 1, column: this.#offset + inChunk + 1 }, reason, expected);
  }
}
