import type { MpaAggregation } from './mpa.ts';

/** The mention that a label names as antecedent: `DO(m17)` names m17; null for `DN(-)` and the like. */
export function antecedentOf(label: string): string | null {
  const inside = /\(([^)]*)\)\s*$/u.exec(label)?.[1];
  return inside === undefined || inside === '' || inside === '-' ? null : inside;
}

/**
 * Chains of mentions: the closure of the links that are accepted, each mention's best label standing for it. Mentions
 * linked to nothing are chains of their own; those of a class in `outside` (by default NR, non-referring, and PR,
 * property) are in none.
 */
export function chainsOf(result: MpaAggregation, outside: readonly string[] = ['NR', 'PR']): string[][] {
  const parent = new Map<string, string>();
  const rootOf = (mention: string): string => {
    let root = mention;
    for (;;) {
      const next = parent.get(root);
      if (next === undefined || next === root) break;
      root = next;
    }
    for (let at = mention; at !== root;) {
      const next = parent.get(at) ?? root;
      parent.set(at, root);
      at = next;
    }
    return root;
  };
  for (const [unit, mention] of result.units.entries()) {
    const label = result.labels[result.best[unit] ?? 0] ?? '';
    if (outside.some((name) => label === name || label.startsWith(`${name}(`))) continue;
    if (!parent.has(mention)) parent.set(mention, mention);
    const antecedent = antecedentOf(label);
    if (antecedent === null) continue;
    if (!parent.has(antecedent)) parent.set(antecedent, antecedent);
    parent.set(rootOf(mention), rootOf(antecedent));
  }
  const chains = new Map<string, string[]>();
  for (const mention of parent.keys()) {
    const root = rootOf(mention);
    const chain = chains.get(root);
    if (chain === undefined) chains.set(root, [mention]);
    else chain.push(mention);
  }
  return [...chains.values()];
}
