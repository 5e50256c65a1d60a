import { type Generator } from '../../random.ts';
import { tupleName } from './all-tuples.ts';
import { pairOf } from './balance.ts';

/** Exchanges that are tried for each place of a tuple. */
const TRIES = 150;
/** And over all, so that the largest designs end too: with many items there is little to even out. */
const MOST_TRIES = 6_000_000;

/** An item twice in one tuple, or a tuple twice, is worse than any number of meetings. */
const ALIKE = 1e6;

/**
 * Exchanges items between tuples, in place, until no item stands twice in a tuple, no tuple is there twice and the
 * sum of squared meetings of two items is as small as a bounded number of random exchanges make it. Exchanges that
 * change nothing are made too, so that the search does not stand still; how often an item appears never changes.
 */
export function evenOut(tuples: number[][], items: number, generator: Generator): void {
  const search = new Exchanges(tuples, items);
  const places = tuples.reduce((sum, tuple) => sum + tuple.length, 0);
  const tries = Math.min(MOST_TRIES, places * TRIES);
  for (let attempt = 0; attempt < tries; attempt++) {
    // Looking for what is wrong costs as much as trying, so it is done now and then.
    if (attempt % places === 0 && !search.findUneven()) return;
    search.tryOne(generator);
  }
}

class Exchanges {
  readonly #tuples: number[][];
  readonly #items: number;
  readonly #meetings = new Map<number, number>();
  readonly #names = new Map<string, number>();
  /** Tuples in which two items meet more often than needs be. */
  #uneven: number[] = [];
  /** Meetings of each two, if they were spread evenly, rounded up. */
  readonly #fair: number;

  constructor(tuples: number[][], items: number) {
    this.#tuples = tuples;
    this.#items = items;
    let meetings = 0;
    for (const tuple of tuples) {
      meetings += (tuple.length * (tuple.length - 1)) / 2;
      this.#name(tuple, 1);
      for (const [place, one] of tuple.entries()) {
        for (const other of tuple.slice(place + 1)) this.#meet(one, other, 1);
      }
    }
    this.#fair = Math.ceil(meetings / ((items * (items - 1)) / 2));
  }

  findUneven(): boolean {
    this.#uneven = [...this.#tuples.keys()].filter((tuple) => this.#isUneven(this.#tuples[tuple] ?? []));
    return this.#uneven.length > 0;
  }

  #isUneven(tuple: readonly number[]): boolean {
    if ((this.#names.get(tupleName(tuple)) ?? 0) > 1) return true;
    return tuple.some((one, place) =>
      tuple.slice(place + 1).some((other) => one === other || this.#times(one, other) > this.#fair),
    );
  }

  /** Exchanges a random place of an uneven tuple with one of any other, if that is no loss. */
  tryOne(generator: Generator): void {
    const here = this.#uneven[generator.below(this.#uneven.length)] ?? 0;
    const there = generator.below(this.#tuples.length);
    const one = this.#tuples[here];
    const other = this.#tuples[there];
    if (here === there || one === undefined || other === undefined) return;
    const from = generator.below(one.length);
    const to = generator.below(other.length);
    if (one[from] === other[to]) return;
    const before = this.#costOfCopies(one) + this.#costOfCopies(other);
    const gain = this.#exchange(one, from, other, to);
    const after = this.#costOfCopies(one) + this.#costOfCopies(other);
    if (gain + after - before > 0) this.#exchange(one, from, other, to);
  }

  #costOfCopies(tuple: readonly number[]): number {
    return (this.#names.get(tupleName(tuple)) ?? 0) > 1 ? ALIKE : 0;
  }

  /** Makes an exchange; what it adds to the sum of squared meetings. */
  #exchange(one: number[], from: number, other: number[], to: number): number {
    const leaving = one[from] ?? 0;
    const coming = other[to] ?? 0;
    this.#name(one, -1);
    this.#name(other, -1);
    let change = this.#move(one, from, leaving, coming);
    change += this.#move(other, to, coming, leaving);
    one[from] = coming;
    other[to] = leaving;
    this.#name(one, 1);
    this.#name(other, 1);
    return change;
  }

  #move(tuple: readonly number[], at: number, leaving: number, coming: number): number {
    let change = 0;
    for (const [place, companion] of tuple.entries()) {
      if (place === at) continue;
      change += this.#meet(leaving, companion, -1);
      change += this.#meet(coming, companion, 1);
    }
    return change;
  }

  /** Two items meet once more or less; what that adds to the sum of squares. */
  #meet(one: number, other: number, by: 1 | -1): number {
    if (one === other) return by * ALIKE;
    const before = this.#times(one, other);
    const after = before + by;
    const pair = pairOf(one, other, this.#items);
    if (after === 0) this.#meetings.delete(pair);
    else this.#meetings.set(pair, after);
    return after * after - before * before;
  }

  #times(one: number, other: number): number {
    return this.#meetings.get(pairOf(one, other, this.#items)) ?? 0;
  }

  #name(tuple: readonly number[], by: 1 | -1): void {
    const name = tupleName(tuple);
    const times = (this.#names.get(name) ?? 0) + by;
    if (times === 0) this.#names.delete(name);
    else this.#names.set(name, times);
  }
}
