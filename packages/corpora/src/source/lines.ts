import { encodingFault } from './utf8.ts';

/** A line of text, or the place where it could not be read as text. Numbers and columns count from 1. */
export type Line =
  | { kind: 'line'; number: number; text: string; ending: '\n' | '\r\n' | '' }
  | { kind: 'broken'; number: number; column: number; reason: string; expected: string };

const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * Cuts bytes into lines of strict UTF-8. Holds at most one line of `maxBytes`; a longer one is passed over up to
 * its end and reported. A byte order mark at the start is dropped; CR LF ends a line as LF does.
 */
export class LineSplitter {
  readonly #maxBytes: number;
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  #held: Uint8Array[] = [];
  #heldBytes = 0;
  #tooLong = false;
  #number = 1;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** The lines that these bytes complete. The bytes are copied where they must outlive the call. */
  *push(chunk: Uint8Array): Generator<Line> {
    let from = 0;
    while (from < chunk.length) {
      const newline = chunk.indexOf(NEWLINE, from);
      const end = newline === -1 ? chunk.length : newline;
      if (newline === -1) {
        this.#hold(chunk.slice(from, end));
      } else {
        this.#hold(chunk.subarray(from, end));
        yield this.#release('\n');
      }
      from = end + 1;
    }
  }

  /** The last line, where the file does not end in a newline. */
  *end(): Generator<Line> {
    if (this.#heldBytes > 0 || this.#tooLong) yield this.#release('');
  }

  #hold(piece: Uint8Array): void {
    if (piece.length === 0 || this.#tooLong) return;
    if (this.#heldBytes + piece.length > this.#maxBytes) {
      this.#tooLong = true;
      this.#held = [];
      this.#heldBytes = 0;
      return;
    }
    this.#held.push(piece);
    this.#heldBytes += piece.length;
  }

  #release(newline: '\n' | ''): Line {
    const number = this.#number;
    this.#number += 1;
    const bytes = this.#joined();
    const tooLong = this.#tooLong;
    this.#held = [];
    this.#heldBytes = 0;
    this.#tooLong = false;
    if (tooLong) {
      return {
        kind: 'broken',
        number,
        column: 1,
        reason: `the line is longer than ${this.#maxBytes} bytes`,
        expected: 'shorter lines',
      };
    }
    return this.#decode(number, bytes, newline);
  }

  #joined(): Uint8Array {
    const [first] = this.#held;
    if (first === undefined) return new Uint8Array();
    if (this.#held.length === 1) return first;
    const bytes = new Uint8Array(this.#heldBytes);
    let at = 0;
    for (const piece of this.#held) {
      bytes.set(piece, at);
      at += piece.length;
    }
    return bytes;
  }

  #decode(number: number, held: Uint8Array, newline: '\n' | ''): Line {
    let bytes = held;
    if (number === 1 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf)
      bytes = bytes.subarray(3);
    const returned = newline === '\n' && bytes.at(-1) === CARRIAGE_RETURN;
    if (returned) bytes = bytes.subarray(0, -1);
    let text: string;
    try {
      text = this.#decoder.decode(bytes);
    } catch {
      return brokenEncoding(number, bytes);
    }
    const nul = text.indexOf('\0');
    if (nul !== -1) {
      return {
        kind: 'broken',
        number,
        column: Array.from(text.slice(0, nul)).length + 1,
        reason: 'a NUL character (U+0000) stands in the text',
        expected: 'text without NUL characters',
      };
    }
    return { kind: 'line', number, text, ending: returned ? '\r\n' : newline };
  }
}

function brokenEncoding(number: number, bytes: Uint8Array): Line {
  const fault = encodingFault(bytes);
  const byte = (fault?.byte ?? 0).toString(16).toUpperCase().padStart(2, '0');
  return {
    kind: 'broken',
    number,
    column: fault?.column ?? 1,
    reason: `the bytes from 0x${byte} on are not UTF-8`,
    expected: 'a file saved as UTF-8',
  };
}
