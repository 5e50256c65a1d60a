import { entitiesSoFar } from './entities.ts';
import type { AnsweredMarkable } from './entities.ts';

/** The chains that one coder's answers make of a document. */
export interface OwnChains {
  /** The phrases that name just what this one names, itself included, in reading order; empty where it names nothing. */
  chainOf(key: string): readonly string[];
  /**
   * The chains that pointing at a phrase calls up: its own; behind it, for a plural, those of the entities that it
   * names together. A phrase that names nothing is called up with all that pointed at it before.
   */
  calledUpBy(key: string): {
    readonly own: readonly string[];
    readonly parts: readonly (readonly string[])[];
  };
}

/**
 * Chains by the entities that phrases name: a plural shares a chain with the phrases that name exactly the same
 * entities together, and with no single one of them. Markables come in reading order.
 */
export function ownChains(markables: readonly AnsweredMarkable[]): OwnChains {
  const { named } = entitiesSoFar(markables);
  const chains = new Map<string, string[]>();
  const nameOf = (roots: readonly string[]): string => JSON.stringify([...roots].sort());
  const rootsOf = (key: string): string[] => named(key).map((entity) => entity.root);
  for (const { key } of markables) {
    const roots = rootsOf(key);
    if (roots.length === 0) continue;
    const name = nameOf(roots);
    const chain = chains.get(name);
    if (chain === undefined) chains.set(name, [key]);
    else chain.push(key);
  }
  const chainOf = (key: string): readonly string[] => chains.get(nameOf(rootsOf(key))) ?? [];
  return {
    chainOf,
    calledUpBy(key) {
      const roots = rootsOf(key);
      if (roots.length === 0) return { own: [key, ...(chains.get(nameOf([key])) ?? [])], parts: [] };
      const parts = roots.length === 1 ? [] : roots.map((root) => chains.get(nameOf([root])) ?? [root]);
      return { own: chainOf(key), parts };
    },
  };
}
