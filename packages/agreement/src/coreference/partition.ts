import {
  type CoreferenceEntity,
  type CoreferenceMention,
  mentionName,
  mentionsOf,
  partsOf,
} from './mention.ts';

/** What to do with entities of a single mention. */
export type Singletons = 'keep' | 'drop';

/** One side of a document, with every mention in exactly one entity. */
export interface Partition {
  readonly names: readonly string[];
  readonly mentions: readonly CoreferenceMention[];
  /** Mention → entity. */
  readonly entityOf: Int32Array;
  /** Entity → number of mentions; a split antecedent counts as one. */
  readonly sizes: Int32Array;
  /** Entity → its split antecedent as lists of mentions, one list for every entity that it is made of. */
  readonly splits: ReadonlyMap<number, readonly (readonly string[])[]>;
  /** Mentions left out because an earlier entity, or the same one, already held them. */
  readonly duplicates: number;
}

/**
 * Makes a partition of a list of entities. A mention that occurs again is left out, as scorer.pl 8.01 does in the
 * response (here on both sides, so that recall and precision stay symmetric); entities emptied by that disappear.
 * Entities with the same split antecedent are one entity (Paun et al. 2022).
 */
export function partition(
  entities: readonly CoreferenceEntity[],
  singletons: Singletons,
  where: string,
): Partition {
  if (!entities.some((entity) => partsOf(entity).length > 0)) return plainPartition(entities, singletons);
  const seen = new Set<string>();
  const held: Held[] = [];
  let duplicates = 0;
  for (const entity of entities) {
    const own: Held = { mentions: [], names: [], split: null };
    for (const mention of mentionsOf(entity)) {
      const name = mentionName(mention);
      // A set that does not grow already held the name: one lookup instead of two.
      const before = seen.size;
      if (seen.add(name).size === before) {
        duplicates += 1;
        continue;
      }
      own.mentions.push(mention);
      own.names.push(name);
    }
    held.push(own);
  }

  const names: string[] = [];
  const mentions: CoreferenceMention[] = [];
  const entityOf = new Int32Array(seen.size);
  const sizes: number[] = [];
  const splits = new Map<number, readonly (readonly string[])[]>();
  for (const entity of mergeBySplit(entities, held, where)) {
    const size = entity.names.length + (entity.split === null ? 0 : 1);
    if (size === 0 || (size === 1 && singletons === 'drop')) continue;
    entityOf.fill(sizes.length, names.length, names.length + entity.names.length);
    for (const name of entity.names) names.push(name);
    for (const mention of entity.mentions) mentions.push(mention);
    if (entity.split !== null) splits.set(sizes.length, entity.split);
    sizes.push(size);
  }
  return {
    names,
    mentions,
    entityOf: entityOf.subarray(0, names.length),
    sizes: Int32Array.from(sizes),
    splits,
    duplicates,
  };
}

/** {@link partition} without split antecedents: no list an entity, for most time goes into making those. */
function plainPartition(entities: readonly CoreferenceEntity[], singletons: Singletons): Partition {
  const seen = new Set<string>();
  const names: string[] = [];
  const mentions: CoreferenceMention[] = [];
  const entityOf: number[] = [];
  const sizes: number[] = [];
  let duplicates = 0;
  for (const entity of entities) {
    const first = names.length;
    for (const mention of mentionsOf(entity)) {
      const name = typeof mention === 'string' ? mention : mentionName(mention);
      const before = seen.size;
      if (seen.add(name).size === before) {
        duplicates += 1;
        continue;
      }
      names.push(name);
      mentions.push(mention);
      entityOf.push(sizes.length);
    }
    const size = names.length - first;
    if (size > 1 || (size === 1 && singletons === 'keep')) sizes.push(size);
    else for (const list of [names, mentions, entityOf]) list.length = first;
  }
  return {
    names,
    mentions,
    entityOf: Int32Array.from(entityOf),
    sizes: Int32Array.from(sizes),
    splits: new Map(),
    duplicates,
  };
}

interface Held {
  mentions: CoreferenceMention[];
  names: string[];
  split: readonly (readonly string[])[] | null;
}

function mergeBySplit(
  entities: readonly CoreferenceEntity[],
  held: readonly Held[],
  where: string,
): readonly Held[] {
  const merged: Held[] = [];
  const bySplit = new Map<string, Held>();
  for (const [place, own] of held.entries()) {
    const atoms = atomsOf(entities, place, where);
    if (atoms.length === 0) {
      merged.push(own);
      continue;
    }
    const name = atoms.join(' ');
    const existing = bySplit.get(name);
    if (existing !== undefined) {
      existing.mentions.push(...own.mentions);
      existing.names.push(...own.names);
      continue;
    }
    own.split = atoms.map((atom) => held[atom]?.names ?? []);
    bySplit.set(name, own);
    merged.push(own);
  }
  return merged;
}

/** The entities without parts of their own that an entity comes down to, in order. */
function atomsOf(entities: readonly CoreferenceEntity[], place: number, where: string): number[] {
  const atoms = new Set<number>();
  const path = new Set<number>();
  const visit = (at: number): void => {
    const entity = entities[at];
    if (entity === undefined) {
      throw new RangeError(
        `${where}: entity ${place} names part ${at}, but there are only entities 0 to ${entities.length - 1}`,
      );
    }
    if (path.has(at)) throw new RangeError(`${where}: entity ${place} is a part of itself`);
    const parts = partsOf(entity);
    if (parts.length === 0) {
      if (at !== place) atoms.add(at);
      return;
    }
    path.add(at);
    for (const part of parts) visit(part);
    path.delete(at);
  };
  visit(place);
  return [...atoms].sort((one, other) => one - other);
}
