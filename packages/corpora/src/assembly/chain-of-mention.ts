import type { DocumentContent } from '@casebook/contracts';

/**
 * The chain of every mention, by mention id. A mention in no chain gets one of its own, named by the first free
 * number, since most formats know mentions only as members of chains.
 */
export function chainOfMention(content: DocumentContent): { chains: Map<string, string>; alone: number } {
  const chains = new Map<string, string>();
  const taken = new Set(content.chains.map((chain) => chain.id));
  for (const chain of content.chains) for (const mention of chain.mentions) chains.set(mention, chain.id);
  let next = 0;
  let alone = 0;
  for (const { id } of content.mentions) {
    if (chains.has(id)) continue;
    while (taken.has(String(next))) next += 1;
    chains.set(id, String(next));
    taken.add(String(next));
    alone += 1;
  }
  return { chains, alone };
}
