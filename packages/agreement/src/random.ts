/**
 * Seeded generators. Results are the same on every platform: only 32-bit integer arithmetic and exact
 * double products are used.
 */

/** A stream of random numbers that remembers which algorithm and seed made it. */
export interface Generator {
  readonly name: string;
  readonly seed: number;
  /** A 32-bit unsigned integer. */
  nextUint32(): number;
  /** A double in [0, 1) with 53 random bits. */
  next(): number;
  /** An unbiased integer in [0, bound); `bound` is a positive integer up to 2^53. */
  below(bound: number): number;
  /** Fills `into` with unbiased integers in [0, bound), as so many calls of `below` would. */
  fillBelow(bound: number, into: Uint32Array): void;
  /** Fills `into` with doubles in [0, 1) of 32 random bits each, one `nextUint32` apiece. */
  fillUniform(into: Float64Array): void;
  /** A standard normal deviate. */
  normal(): number;
}

const TWO_32 = 4294967296;
const TWO_21 = 2097152;

/** SplitMix32 (the 32-bit finaliser of MurmurHash3 over a Weyl sequence), used to spread a seed over a state. */
function splitmix32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x85ebca6b);
    mixed ^= mixed >>> 13;
    mixed = Math.imul(mixed, 0xc2b2ae35);
    return (mixed ^ (mixed >>> 16)) >>> 0;
  };
}

class Xoshiro128StarStar implements Generator {
  readonly name: string;
  readonly seed: number;
  private a: number;
  private b: number;
  private c: number;
  private d: number;
  private spare: number | null = null;

  constructor(name: string, seed: number, salt: number) {
    this.name = name;
    this.seed = seed;
    const low = splitmix32((seed >>> 0) ^ salt);
    const high = splitmix32(Math.floor(seed / TWO_32) >>> 0);
    this.a = (low() ^ high()) >>> 0;
    this.b = (low() ^ high()) >>> 0;
    this.c = (low() ^ high()) >>> 0;
    // An all-zero state would stay zero.
    this.d = ((low() ^ high()) | 1) >>> 0;
  }

  nextUint32(): number {
    const scaled = Math.imul(this.b, 5);
    const result = Math.imul((scaled << 7) | (scaled >>> 25), 9) >>> 0;
    const shifted = this.b << 9;
    this.c ^= this.a;
    this.d ^= this.b;
    this.b ^= this.c;
    this.a ^= this.d;
    this.c ^= shifted;
    this.d = (this.d << 11) | (this.d >>> 21);
    return result;
  }

  next(): number {
    return ((this.nextUint32() >>> 5) * 67108864 + (this.nextUint32() >>> 6)) / 9007199254740992;
  }

  below(bound: number): number {
    if (bound > TWO_21) return Math.floor(this.next() * bound);
    for (;;) {
      const product = this.nextUint32() * bound;
      const high = Math.floor(product / TWO_32);
      const low = product - high * TWO_32;
      if (low >= TWO_32 % bound) return high;
    }
  }

  fillBelow(bound: number, into: Uint32Array): void {
    if (bound > TWO_21) {
      for (let i = 0; i < into.length; i++) into[i] = this.below(bound);
      return;
    }
    // The state lives in locals here: this is the bootstrap's inner loop.
    let { a, b, c, d } = this;
    const threshold = TWO_32 % bound;
    for (let i = 0; i < into.length;) {
      const scaled = Math.imul(b, 5);
      const word = Math.imul((scaled << 7) | (scaled >>> 25), 9) >>> 0;
      const shifted = b << 9;
      c ^= a;
      d ^= b;
      b ^= c;
      a ^= d;
      c ^= shifted;
      d = (d << 11) | (d >>> 21);
      const product = word * bound;
      const high = Math.floor(product / TWO_32);
      if (product - high * TWO_32 < threshold) continue;
      into[i] = high;
      i += 1;
    }
    this.a = a;
    this.b = b;
    this.c = c;
    this.d = d;
  }

  fillUniform(into: Float64Array): void {
    let { a, b, c, d } = this;
    for (let i = 0; i < into.length; i++) {
      const scaled = Math.imul(b, 5);
      into[i] = (Math.imul((scaled << 7) | (scaled >>> 25), 9) >>> 0) / TWO_32;
      const shifted = b << 9;
      c ^= a;
      d ^= b;
      b ^= c;
      a ^= d;
      c ^= shifted;
      d = (d << 11) | (d >>> 21);
    }
    this.a = a;
    this.b = b;
    this.c = c;
    this.d = d;
  }

  normal(): number {
    if (this.spare !== null) {
      const value = this.spare;
      this.spare = null;
      return value;
    }
    for (;;) {
      const x = 2 * this.next() - 1;
      const y = 2 * this.next() - 1;
      const square = x * x + y * y;
      if (square === 0 || square >= 1) continue;
      const factor = Math.sqrt((-2 * Math.log(square)) / square);
      this.spare = y * factor;
      return x * factor;
    }
  }
}

/** FNV-1a over UTF-16 code units, so that differently named streams with one seed are unrelated. */
function hashOfName(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

function requireSeed(seed: number): void {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new RangeError(`A seed is an integer from 0 to 2^53 - 1, not ${seed}.`);
  }
}

/**
 * xoshiro128** 1.1 (Blackman & Vigna 2021), its state filled by SplitMix32.
 *
 * @param seed integer from 0 to 2^53 − 1; throws RangeError otherwise
 */
export function seededGenerator(seed: number): Generator {
  requireSeed(seed);
  return new Xoshiro128StarStar('xoshiro128**', seed, 0);
}

/**
 * A generator for one named purpose: the same seed gives unrelated streams to, say, `bootstrap` and
 * `order of units`.
 */
export function namedGenerator(purpose: string, seed: number): Generator {
  requireSeed(seed);
  return new Xoshiro128StarStar(`xoshiro128**:${purpose}`, seed, hashOfName(purpose));
}

/**
 * mulberry32 (Tommy Ettinger), kept for curves that other programs have to reproduce.
 * Returns a function that gives the next double in [0, 1), a 32-bit integer divided by 2^32.
 */
export function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / TWO_32;
  };
}

/** Shuffles `items` in place (Fisher–Yates) and returns it. */
export function shuffle<Items extends { length: number; [index: number]: Item }, Item>(
  items: Items,
  generator: Generator,
): Items {
  for (let last = items.length - 1; last > 0; last--) {
    const other = generator.below(last + 1);
    const kept = items[last];
    const moved = items[other];
    if (kept === undefined || moved === undefined) continue;
    items[last] = moved;
    items[other] = kept;
  }
  return items;
}
