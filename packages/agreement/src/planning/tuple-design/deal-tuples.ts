import { type Generator, shuffle } from '../../random.ts';

/**
 * Deals items into `wanted` tuples like cards: each item equally often, one more or less only where the places cannot
 * be divided evenly. An item may come twice in a tuple where one shuffled pack ends and the next begins.
 */
export function dealTuples(items: number, size: number, wanted: number, generator: Generator): number[][] {
  const places = wanted * size;
  const dealt: number[] = [];
  const pack = Array.from({ length: items }, (_, item) => item);
  while (dealt.length < places) {
    shuffle(pack, generator);
    for (const item of pack) {
      if (dealt.length === places) break;
      dealt.push(item);
    }
  }
  return Array.from({ length: wanted }, (_, tuple) => dealt.slice(tuple * size, (tuple + 1) * size));
}
