/** The phrases that name exactly the same entities. */
interface Naming {
  readonly entities: readonly string[];
  readonly mentions: string[];
}

/**
 * The entities that answers are compared against, over the markables passed so far. An entity is named by the
 * markable that opened it. A plural names several; only phrases that name one entity alone are its mentions.
 */
export class ReferenceEntities {
  readonly #namings = new Map<string, Naming>();
  readonly #namingOf = new Map<string, Naming>();
  readonly #placeOf: (key: string) => number;

  /** `placeOf` tells how far down the text a markable stands. */
  constructor(placeOf: (key: string) => number) {
    this.#placeOf = placeOf;
  }

  /** The entities that a markable names; null where it stands outside them all. */
  namedBy(key: string): readonly string[] | null {
    return this.#namingOf.get(key)?.entities ?? null;
  }

  /** Has a markable name these entities from now on; an entity that is not known is opened. */
  name(key: string, entities: readonly string[]): void {
    if (this.#namingOf.has(key)) return;
    const sorted = [...entities].sort();
    const id = JSON.stringify(sorted);
    const naming = this.#namings.get(id) ?? { entities: sorted, mentions: [] };
    naming.mentions.push(key);
    this.#namings.set(id, naming);
    this.#namingOf.set(key, naming);
  }

  /** What most of these phrases name; where as many name something else, what was named last. Null where none names anything. */
  largestOverlap(chain: readonly string[]): readonly string[] | null {
    const shared = new Map<Naming, number>();
    for (const key of new Set(chain)) {
      const naming = this.#namingOf.get(key);
      if (naming !== undefined) shared.set(naming, (shared.get(naming) ?? 0) + 1);
    }
    let best: { naming: Naming; count: number; last: number } | null = null;
    for (const [naming, count] of shared) {
      const last = Math.max(...naming.mentions.map(this.#placeOf));
      if (best === null || count > best.count || (count === best.count && last > best.last)) {
        best = { naming, count, last };
      }
    }
    return best?.naming.entities ?? null;
  }

  /** The last phrase so far that names this entity alone. */
  nearestMention(entity: string): string {
    const mentions = this.#namings.get(JSON.stringify([entity]))?.mentions ?? [];
    return nearest(mentions, this.#placeOf) ?? entity;
  }
}

/** The one furthest down the text; of two in one place, the later by name. Null for none. */
export function nearest(keys: Iterable<string>, placeOf: (key: string) => number): string | null {
  let best: string | null = null;
  for (const key of keys) {
    if (best === null || placeOf(key) > placeOf(best) || (placeOf(key) === placeOf(best) && key > best))
      best = key;
  }
  return best;
}
