import { quoted, SourceFault } from '../source/fault.ts';
import type { KeptVectors } from './kept-vectors.ts';

type State =
  | 'start'
  | 'key-or-end'
  | 'key'
  | 'colon'
  | 'array'
  | 'number-or-end'
  | 'number'
  | 'after-number'
  | 'after-entry'
  | 'end';

const EXPECTED: Readonly<Record<State, string>> = {
  start: '{ of an object of words',
  'key-or-end': 'a word in quotes, or }',
  key: 'a word in quotes',
  colon: ': after the word',
  array: '[ of the word’s numbers',
  'number-or-end': 'a number',
  number: 'a number',
  'after-number': ', or ]',
  'after-entry': ', or }',
  end: 'nothing more',
};

const MAX_WORD = 4096;
const MAX_DIMENSIONS = 65_536;
const MAX_NUMBER = 64;

/** `{"word": [numbers], …}`, read character by character, so that no more than one vector is held. */
export class JsonVectors {
  readonly #kept: KeptVectors;
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  #state: State = 'start';
  #line = 1;
  #column = 0;
  /** The string or number being read. */
  #token: string | null = null;
  #escaped = false;
  #word = '';
  #read = false;
  #numbers: number[] = [];

  constructor(kept: KeptVectors) {
    this.#kept = kept;
  }

  push(chunk: Uint8Array): void {
    let text: string;
    try {
      text = this.#decoder.decode(chunk, { stream: true });
    } catch {
      throw this.#fault('the bytes are not UTF-8', 'a file saved as UTF-8');
    }
    for (const character of text) this.#take(character);
  }

  end(): void {
    if (this.#state !== 'end') throw this.#fault('the file ends here', EXPECTED[this.#state]);
  }

  #take(character: string): void {
    if (character === '\n') {
      this.#line += 1;
      this.#column = 0;
    } else this.#column += 1;
    if (this.#token !== null) {
      if (this.#state === 'key' || this.#state === 'key-or-end') {
        this.#string(character);
        return;
      }
      if (/[-+.\deE]/u.test(character)) {
        this.#token += character;
        if (this.#token.length > MAX_NUMBER) throw this.#fault('the number is too long', 'a number');
        return;
      }
      this.#endNumber(this.#token);
    }
    if (character === ' ' || character === '\n' || character === '\r' || character === '\t') return;
    this.#sign(character);
  }

  #sign(character: string): void {
    const state = this.#state;
    const next = NEXT[state][character];
    if (next !== undefined) {
      this.#state = next;
      if (character === ']') this.#endEntry();
      if (character === '[') this.#numbers = [];
      return;
    }
    if (character === '"' && (state === 'key' || state === 'key-or-end')) {
      this.#token = '';
      return;
    }
    if (/[-\d]/u.test(character) && (state === 'number' || state === 'number-or-end')) {
      this.#token = character;
      return;
    }
    throw this.#fault(`${quoted(character)} stands here`, EXPECTED[state]);
  }

  #string(character: string): void {
    if (character === '"' && !this.#escaped) {
      this.#word = this.#unescaped(this.#token ?? '');
      this.#token = null;
      this.#kept.entries += 1;
      this.#read = this.#kept.mustRead(this.#word);
      this.#state = 'colon';
      return;
    }
    this.#escaped = character === '\\' && !this.#escaped;
    this.#token = (this.#token ?? '') + character;
    if (this.#token.length > MAX_WORD) throw this.#fault('the word does not end', 'a word in quotes');
  }

  #unescaped(text: string): string {
    if (!text.includes('\\')) return text;
    try {
      return String(JSON.parse(`"${text}"`));
    } catch {
      throw this.#fault(`${quoted(text)} is no JSON string`, 'a word in quotes');
    }
  }

  #endNumber(text: string): void {
    this.#token = null;
    this.#state = 'after-number';
    const value = Number(text);
    if (!Number.isFinite(value)) throw this.#fault(`${quoted(text)} is no number`, 'a finite number');
    this.#numbers.push(value);
    if (this.#numbers.length > MAX_DIMENSIONS)
      throw this.#fault(`${quoted(this.#word)} has more than ${MAX_DIMENSIONS} numbers`, 'fewer');
  }

  #endEntry(): void {
    const length = this.#numbers.length;
    if (this.#kept.dimensions === 0) this.#kept.dimensions = length;
    if (length === 0 || length !== this.#kept.dimensions) {
      throw this.#fault(
        `${quoted(this.#word)} has ${length} numbers`,
        length === 0 ? 'one number or more' : `${this.#kept.dimensions}, as the others have`,
      );
    }
    if (this.#read) this.#kept.take(this.#word, Float32Array.from(this.#numbers));
  }

  #fault(reason: string, expected: string): SourceFault {
    return new SourceFault({ line: this.#line, column: Math.max(1, this.#column) }, reason, expected);
  }
}

const NEXT: Readonly<Record<State, Readonly<Record<string, State>>>> = {
  start: { '{': 'key-or-end' },
  'key-or-end': { '}': 'end' },
  key: {},
  colon: { ':': 'array' },
  array: { '[': 'number-or-end' },
  'number-or-end': { ']': 'after-entry' },
  number: {},
  'after-number': { ',': 'number', ']': 'after-entry' },
  'after-entry': { ',': 'key', '}': 'end' },
  end: {},
};
