/** A decided comparison of one coder. */
export interface Decision {
  readonly coder: string;
  readonly winner: string;
  readonly loser: string;
}

export interface Triads {
  /** Three items of which one coder decided all three comparisons; summed over coders. */
  readonly closed: number;
  /** Those that go round in a circle: a over b, b over c, c over a. */
  readonly circular: number;
}

/** Counts circular triads (Kendall & Babington Smith 1940), coder by coder, among the comparisons that were made. */
export function countTriads(decisions: Iterable<Decision>): Triads {
  let closed = 0;
  let circular = 0;
  for (const own of Map.groupBy(decisions, ({ coder }) => coder).values()) {
    const beaten = new Map<string, Set<string>>();
    const met = new Map<string, Set<string>>();
    const note = (of: Map<string, Set<string>>, one: string, other: string): void => {
      const known = of.get(one);
      if (known === undefined) of.set(one, new Set([other]));
      else known.add(other);
    };
    for (const { winner, loser } of own) {
      note(beaten, winner, loser);
      note(met, winner, loser);
      note(met, loser, winner);
    }
    for (const [one, others] of met) {
      for (const second of others) {
        if (second <= one) continue;
        for (const third of met.get(second) ?? []) {
          if (third <= second || !others.has(third)) continue;
          closed += 1;
          const wins = [one, second, third].map(
            (item) => [one, second, third].filter((other) => beaten.get(item)?.has(other) === true).length,
          );
          if (wins.every((count) => count === 1)) circular += 1;
        }
      }
    }
  }
  return { closed, circular };
}
