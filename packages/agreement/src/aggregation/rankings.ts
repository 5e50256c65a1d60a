/**
 * An ordering of items, the best first. Items in `rest` were there to be chosen and came after all that are ranked,
 * in no known order. A comparison of two is a ranking of two.
 */
export interface Ranking {
  readonly ranked: readonly string[];
  readonly rest?: readonly string[];
  /** How often it was given; 1 by default. */
  readonly weight?: number;
}

/** Rankings in typed arrays: ranking r is `members[starts[r]]` to `members[starts[r + 1]]`, the first `choices[r]` ranked. */
export interface Rankings {
  readonly items: readonly string[];
  readonly starts: Int32Array;
  readonly members: Int32Array;
  /** Ranking → choices made, after each of which one item fewer remains; never of the last one that remains. */
  readonly choices: Int32Array;
  readonly weights: Float64Array;
}

/** Collects rankings. Throws where an item occurs twice in one, where nothing is chosen, or on a weight below 0. */
export function collectRankings(rankings: Iterable<Ranking>): Rankings {
  const places = new Map<string, number>();
  const starts = [0];
  const members: number[] = [];
  const choices: number[] = [];
  const weights: number[] = [];
  let row = 0;
  for (const { ranked, rest = [], weight = 1 } of rankings) {
    row += 1;
    const all = [...ranked, ...rest];
    if (new Set(all).size !== all.length)
      throw new RangeError(`ranking ${row} names an item twice: ${all.join(', ')}`);
    if (ranked.length === 0 || all.length < 2)
      throw new RangeError(`ranking ${row} chooses nothing among two or more`);
    if (!(weight >= 0 && weight < Infinity)) throw new RangeError(`ranking ${row} has the weight ${weight}`);
    for (const item of all) {
      const known = places.get(item);
      if (known === undefined) places.set(item, places.size);
      members.push(known ?? places.size - 1);
    }
    starts.push(members.length);
    choices.push(Math.min(ranked.length, all.length - 1));
    weights.push(weight);
  }
  if (row === 0) throw new RangeError('there are no rankings or comparisons to aggregate');
  return {
    items: [...places.keys()],
    starts: Int32Array.from(starts),
    members: Int32Array.from(members),
    choices: Int32Array.from(choices),
    weights: Float64Array.from(weights),
  };
}

/**
 * Why no finite strengths fit best (Ford 1957, Hunter 2004): some items never, even indirectly, lose to the others.
 * Null where every item beats every other through some chain of choices.
 */
export function whyUnbounded(rankings: Rankings): string | null {
  const { items, starts, members, choices, weights } = rankings;
  // An edge from each chosen item to the next of its ranking that remained: through these it reaches all that remained.
  const forward: number[][] = items.map(() => []);
  const backward: number[][] = items.map(() => []);
  for (let ranking = 0; ranking < choices.length; ranking += 1) {
    if (weights[ranking] === 0) continue;
    const from = starts[ranking] ?? 0;
    const end = starts[ranking + 1] ?? 0;
    const last = from + (choices[ranking] ?? 0);
    for (let at = from; at < last; at += 1) {
      const winner = members[at] ?? 0;
      const losers = at + 1 < last ? [members[at + 1] ?? 0] : members.subarray(at + 1, end);
      for (const loser of losers) {
        forward[winner]?.push(loser);
        backward[loser]?.push(winner);
      }
    }
  }
  const beaten = reach(forward);
  const beating = reach(backward);
  const unbeaten = items.filter((_, item) => beating[item] === 0);
  const winless = items.filter((_, item) => beaten[item] === 0);
  if (unbeaten.length === 0 && winless.length === 0) return null;
  const name = (list: readonly string[]): string =>
    `${list.slice(0, 3).join(', ')}${list.length > 3 ? ', …' : ''}`;
  const apart = winless.length > 0 ? winless : unbeaten;
  return `${name(apart)} and ${items[0] ?? ''} are not linked by wins in both directions, so the best fit is infinite; a prior makes it finite`;
}

function reach(edges: readonly (readonly number[])[]): Uint8Array {
  const reached = new Uint8Array(edges.length);
  const open = [0];
  reached[0] = 1;
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    for (const next of edges[item] ?? []) {
      if (reached[next] === 1) continue;
      reached[next] = 1;
      open.push(next);
    }
  }
  return reached;
}
