import { quoted, SourceFault } from '../source/fault.ts';
import { encodingFault } from '../source/utf8.ts';
import { ByteLines } from './byte-lines.ts';
import type { KeptVectors } from './kept-vectors.ts';
import { numberInBytes } from './number-bytes.ts';

const SPACE = 0x20;
const TAB = 0x09;
const MAX_DIMENSIONS = 65_536;

/**
 * word2vec text, fastText `.vec` (both with a header of the number of words and of dimensions) and GloVe text (without).
 * Only lines of needed words are read beyond their first field.
 */
export class TextVectors {
  readonly #kept: KeptVectors;
  readonly #hasHeader: boolean;
  readonly #lines: ByteLines;
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  #announced: number | null = null;
  #vector = new Float32Array(0);

  constructor(kept: KeptVectors, hasHeader: boolean, maxLineBytes: number) {
    this.#kept = kept;
    this.#hasHeader = hasHeader;
    this.#lines = new ByteLines(maxLineBytes);
  }

  push(chunk: Uint8Array): void {
    this.#lines.push(chunk, (line, number) => {
      this.#line(line, number);
    });
  }

  end(): void {
    this.#lines.end((line, number) => {
      this.#line(line, number);
    });
    if (this.#announced !== null && this.#kept.entries < this.#announced) {
      throw new SourceFault(
        { line: this.#kept.entries + 2, column: 1 },
        `the file ends after ${this.#kept.entries} words`,
        `${this.#announced} words, as the header says`,
      );
    }
  }

  #line(given: Uint8Array, number: number): void {
    const line = trimmed(given);
    if (line.length === 0) return;
    if (number === 1 && this.#hasHeader) {
      this.#header(line);
      return;
    }
    if (this.#kept.dimensions === 0) this.#setDimensions(fieldsOf(line) - 1, number);
    this.#kept.entries += 1;
    const firstEnd = endOfField(line, 0);
    const word = this.#text(line, 0, firstEnd, number);
    if (!this.#kept.mustRead(word)) return;
    this.#entry(line, word, number);
  }

  #header(line: Uint8Array): void {
    const [words, dimensions] = this.#decoder.decode(line).split(/\s+/u).map(Number);
    this.#announced = words ?? 0;
    this.#setDimensions(dimensions ?? 0, 1);
  }

  #setDimensions(dimensions: number, line: number): void {
    if (!(dimensions >= 1 && dimensions <= MAX_DIMENSIONS)) {
      throw new SourceFault(
        { line, column: 1 },
        `the vectors have ${dimensions} dimensions`,
        `a word and 1 to ${MAX_DIMENSIONS} numbers, separated by spaces`,
      );
    }
    this.#kept.dimensions = dimensions;
    this.#vector = new Float32Array(dimensions);
  }

  #entry(line: Uint8Array, firstField: string, number: number): void {
    const { dimensions } = this.#kept;
    const fields = fieldsOf(line);
    if (fields < dimensions + 1) {
      throw new SourceFault(
        { line: number, column: 1 },
        `${quoted(firstField)} has ${fields - 1} numbers`,
        `${dimensions}, as the others have`,
      );
    }
    // A word may hold spaces: the numbers are the last fields.
    let at = 0;
    let wordEnd = 0;
    for (let field = 0; field < fields - dimensions; field += 1) {
      wordEnd = endOfField(line, at);
      at = startOfField(line, wordEnd);
    }
    for (let component = 0; component < dimensions; component += 1) {
      const end = endOfField(line, at);
      const value = numberInBytes(line, at, end);
      if (!Number.isFinite(value)) {
        throw new SourceFault(
          { line: number, column: this.#text(line, 0, at, number).length + 1 },
          `number ${component + 1} of ${quoted(firstField)} is ${quoted(this.#text(line, at, end, number))}`,
          fields > dimensions + 1 ? `a number, as the last ${dimensions} fields are` : 'a finite number',
        );
      }
      this.#vector[component] = value;
      at = startOfField(line, end);
    }
    const word = fields === dimensions + 1 ? firstField : this.#text(line, 0, wordEnd, number);
    this.#kept.take(word, this.#vector);
  }

  #text(line: Uint8Array, from: number, to: number, number: number): string {
    const bytes = line.subarray(from, to);
    try {
      return this.#decoder.decode(bytes);
    } catch {
      // Published vectors cut words inside characters now and then; such a word is wanted by nobody.
      const fault = encodingFault(bytes);
      if (fault === null) throw new SourceFault({ line: number, column: 1 }, 'the word is no text', 'UTF-8');
      return new TextDecoder('utf-8').decode(bytes);
    }
  }
}

function isBlank(byte: number | undefined): boolean {
  return byte === SPACE || byte === TAB;
}

function trimmed(line: Uint8Array): Uint8Array {
  let end = line.length;
  while (end > 0 && isBlank(line[end - 1])) end -= 1;
  let start = 0;
  while (start < end && isBlank(line[start])) start += 1;
  return line.subarray(start, end);
}

function endOfField(line: Uint8Array, from: number): number {
  let at = from;
  while (at < line.length && !isBlank(line[at])) at += 1;
  return at;
}

function startOfField(line: Uint8Array, from: number): number {
  let at = from;
  while (at < line.length && isBlank(line[at])) at += 1;
  return at;
}

function fieldsOf(line: Uint8Array): number {
  let fields = 0;
  for (let at = 0; at < line.length; at = startOfField(line, endOfField(line, at))) fields += 1;
  return fields;
}
