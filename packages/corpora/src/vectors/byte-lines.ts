import { SourceFault } from '../source/fault.ts';

const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Cuts bytes into lines without decoding them: of a file of vectors most lines are not needed. */
export class ByteLines {
  readonly #maxBytes: number;
  #held: Uint8Array = new Uint8Array(0);
  #number = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Calls `take` with each line that these bytes complete; the line is a view that does not outlive the call. */
  push(chunk: Uint8Array, take: (line: Uint8Array, number: number) => void): void {
    let from = 0;
    for (;;) {
      const newline = chunk.indexOf(NEWLINE, from);
      if (newline === -1) break;
      const piece = chunk.subarray(from, newline);
      const line = this.#held.length === 0 ? piece : joined(this.#held, piece);
      this.#held = new Uint8Array(0);
      this.#number += 1;
      this.#require(line.length);
      take(line.at(-1) === CARRIAGE_RETURN ? line.subarray(0, -1) : line, this.#number);
      from = newline + 1;
    }
    if (from < chunk.length) {
      this.#require(this.#held.length + chunk.length - from);
      this.#held = joined(this.#held, chunk.subarray(from));
    }
  }

  /** The last line, where the file does not end in a newline. */
  end(take: (line: Uint8Array, number: number) => void): void {
    if (this.#held.length === 0) return;
    this.#number += 1;
    take(this.#held, this.#number);
  }

  #require(length: number): void {
    if (length <= this.#maxBytes) return;
    throw new SourceFault(
      { line: this.#number + 1, column: 1 },
      `the line is longer than ${this.#maxBytes} bytes`,
      'one word and its numbers a line',
    );
  }
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(one.length + other.length);
  bytes.set(one);
  bytes.set(other, one.length);
  return bytes;
}
