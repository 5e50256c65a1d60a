import type { DocumentContent } from '@casebook/contracts';
import type { PassageMark } from '@casebook/ui';

/**
 * The source's own chains as marks: an entity with several mentions gets a number in the order of its first one;
 * what is mentioned once is a plain mark.
 */
export function marksOfChains({ mentions, chains }: DocumentContent): PassageMark[] {
  const chainOf = new Map(
    chains.flatMap((chain) => chain.mentions.map((mention) => [mention, chain] as const)),
  );
  const numbers = new Map<string, number>();
  return mentions.map(({ id, ranges }) => {
    const chain = chainOf.get(id);
    if (chain === undefined || chain.mentions.length < 2) return { id, ranges, entity: null };
    const entity = numbers.get(chain.id) ?? numbers.size + 1;
    numbers.set(chain.id, entity);
    return { id, ranges, entity };
  });
}

/** Who speaks from which token on; empty where the text is no dialogue. */
export function speakersOf({ sentences, speakers }: DocumentContent): { from: number; name: string }[] {
  if (speakers === undefined) return [];
  const turns: { from: number; name: string }[] = [];
  for (const [index, [from]] of sentences.entries()) {
    const name = speakers[index] ?? null;
    if (name !== null && name !== turns.at(-1)?.name) turns.push({ from, name });
  }
  return turns;
}
