import type { WordVectors } from './read.ts';

/** The vectors of the wanted words, as a reader comes by them. */
export class KeptVectors {
  readonly #wanted: ReadonlySet<string>;
  /** First words of wanted entries that are several words long, as some files hold them. */
  readonly #firstWords: ReadonlySet<string>;
  readonly #places = new Map<string, number>();
  #values = new Float32Array(0);
  #sums: Float64Array | null = null;
  readonly #withMean: boolean;
  dimensions = 0;
  /** Entries of the file so far, kept or not. */
  entries = 0;
  repeated = 0;

  constructor(wanted: ReadonlySet<string>, withMean: boolean) {
    this.#wanted = wanted;
    this.#withMean = withMean;
    const firsts = new Set<string>();
    for (const word of wanted) if (word.includes(' ')) firsts.add(word.slice(0, word.indexOf(' ')));
    this.#firstWords = firsts;
  }

  /** Whether the numbers of an entry that begins with this word have to be read at all. */
  mustRead(word: string): boolean {
    return this.#withMean || this.#wanted.has(word) || this.#firstWords.has(word);
  }

  take(word: string, vector: Float32Array): void {
    if (this.#withMean) {
      this.#sums ??= new Float64Array(vector.length);
      for (let at = 0; at < vector.length; at += 1)
        this.#sums[at] = (this.#sums[at] ?? 0) + (vector[at] ?? 0);
    }
    if (!this.#wanted.has(word)) return;
    if (this.#places.has(word)) {
      this.repeated += 1;
      return;
    }
    const place = this.#places.size;
    const end = (place + 1) * vector.length;
    if (end > this.#values.length) {
      const larger = new Float32Array(Math.max(end, 2 * this.#values.length, 64 * vector.length));
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values.set(vector, place * vector.length);
    this.#places.set(word, place);
  }

  finish(format: WordVectors['format']): WordVectors {
    const { dimensions, entries } = this;
    return {
      format,
      dimensions,
      words: [...this.#places.keys()],
      values: this.#values.slice(0, this.#places.size * dimensions),
      vocabulary: entries,
      repeated: this.repeated,
      mean: this.#sums === null ? null : this.#sums.map((sum) => sum / entries),
    };
  }
}
