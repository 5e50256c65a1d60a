/** Word vectors: those of word w lie at `values[w * dimensions]` onwards. */
export interface Embedding {
  readonly words: readonly string[];
  readonly dimensions: number;
  readonly values: Float32Array;
}

/** A pair of words with its gold score. */
export interface GoldPair {
  readonly word1: string;
  readonly word2: string;
  readonly gold: number;
}

/** An embedding with a way from a word, or its lower-case form where the word itself is absent, to its vector. */
export class Lexicon {
  readonly embedding: Embedding;
  private readonly places: ReadonlyMap<string, number>;

  /** Throws RangeError where the vectors do not fill the table. */
  constructor(embedding: Embedding) {
    if (embedding.values.length !== embedding.words.length * embedding.dimensions) {
      throw new RangeError(
        `${embedding.words.length} words of ${embedding.dimensions} dimensions make no table of ${embedding.values.length} numbers.`,
      );
    }
    this.embedding = embedding;
    const places = new Map<string, number>();
    for (const [place, word] of embedding.words.entries()) if (!places.has(word)) places.set(word, place);
    this.places = places;
  }

  /** The row of a word, or null where it is out of vocabulary. */
  find(word: string): number | null {
    return this.places.get(word) ?? this.places.get(word.toLowerCase()) ?? null;
  }
}

/** The covered pairs of a dataset as a model's evaluation needs them: words by number, vectors in double precision. */
export interface ModelTask {
  /** Pairs of which both words have vectors. */
  readonly pairs: number;
  /** Index of each covered pair in the dataset. */
  readonly rows: Uint32Array;
  readonly first: Uint32Array;
  readonly second: Uint32Array;
  readonly gold: Float64Array;
  /** Lower-cased, unique, by UTF-16 code unit. */
  readonly words: readonly string[];
  readonly dimensions: number;
  readonly vectors: Float64Array;
  /** Root mean square of the components of these words' vectors: the scale on which noise is small or large. */
  readonly rms: number;
}

/** Picks out the covered pairs and their words' vectors. */
export function modelTask(pairs: readonly GoldPair[], embedding: Embedding | Lexicon): ModelTask {
  const lexicon = embedding instanceof Lexicon ? embedding : new Lexicon(embedding);
  const placeOf = new Map<string, number>();
  const rows: number[] = [];
  for (const [row, { word1, word2 }] of pairs.entries()) {
    const first = lexicon.find(word1);
    const second = lexicon.find(word2);
    if (first === null || second === null) continue;
    rows.push(row);
    for (const [word, place] of [
      [word1, first],
      [word2, second],
    ] as const) {
      const lower = word.toLowerCase();
      if (!placeOf.has(lower)) placeOf.set(lower, place);
    }
  }
  const words = [...placeOf.keys()].sort((one, other) => (one < other ? -1 : one > other ? 1 : 0));
  const numberOf = new Map(words.map((word, index) => [word, index]));
  const { dimensions, values } = lexicon.embedding;
  const vectors = new Float64Array(words.length * dimensions);
  for (const [index, word] of words.entries()) {
    const from = (placeOf.get(word) ?? 0) * dimensions;
    vectors.set(values.subarray(from, from + dimensions), index * dimensions);
  }
  let squares = 0;
  for (const value of vectors) squares += value * value;
  const numbered = (word: 'word1' | 'word2'): Uint32Array =>
    Uint32Array.from(rows, (row) => numberOf.get(pairs[row]?.[word].toLowerCase() ?? '') ?? 0);
  return {
    pairs: rows.length,
    rows: Uint32Array.from(rows),
    first: numbered('word1'),
    second: numbered('word2'),
    gold: Float64Array.from(rows, (row) => pairs[row]?.gold ?? 0),
    words,
    dimensions,
    vectors,
    rms: vectors.length === 0 ? 0 : Math.sqrt(squares / vectors.length),
  };
}

/** Cosine of every pair's vectors; 0 where a vector is zero. `vectors` may be the task's own or perturbed ones. */
export function cosines(
  task: Pick<ModelTask, 'pairs' | 'first' | 'second' | 'dimensions' | 'words'>,
  vectors: Float64Array,
  into: Float64Array = new Float64Array(task.pairs),
): Float64Array {
  const { dimensions, first, second } = task;
  const lengths = new Float64Array(task.words.length);
  for (let word = 0; word < lengths.length; word++) {
    let squares = 0;
    const end = (word + 1) * dimensions;
    for (let at = word * dimensions; at < end; at++) {
      const value = vectors[at] ?? 0;
      squares += value * value;
    }
    lengths[word] = Math.sqrt(squares);
  }
  for (let pair = 0; pair < task.pairs; pair++) {
    const one = first[pair] ?? 0;
    const other = second[pair] ?? 0;
    let product = 0;
    let b = other * dimensions;
    const end = (one + 1) * dimensions;
    for (let a = one * dimensions; a < end; a++) {
      product += (vectors[a] ?? 0) * (vectors[b] ?? 0);
      b += 1;
    }
    const scale = (lengths[one] ?? 0) * (lengths[other] ?? 0);
    into[pair] = scale > 0 ? product / scale : 0;
  }
  return into;
}
