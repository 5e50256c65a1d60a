import type { Described } from './described.ts';
import type { PhrasePair } from './pairing.ts';
import type { NumberedSide } from './said.ts';

/** A difference in what two passes say of a phrase beside whom it names. */
export interface DescribedDifference {
  readonly kind: 'head' | 'bridge' | 'name' | 'type';
  readonly pair: PhrasePair;
  readonly words: { readonly a: string; readonly b: string };
}

/**
 * Heads that both give and that differ; bridges that lead elsewhere, are of another kind, or that one side alone has;
 * names and types of aligned entities that both give, once an entity. What only one side gives of heads, names and
 * types is no difference: the other did not say.
 */
export function describedDifferences(
  sides: { readonly a: NumberedSide; readonly b: NumberedSide },
  pairs: readonly PhrasePair[],
  tokenAt: (place: number) => string,
): DescribedDifference[] {
  const seen = new Set<number>();
  return pairs.flatMap((pair): DescribedDifference[] => {
    const [a, b] = [sides.a.describedAs(pair.a.key), sides.b.describedAs(pair.b.key)];
    if (a === null || b === null) return [];
    const found: DescribedDifference[] = [];
    if (a.head !== null && b.head !== null && a.head !== b.head)
      found.push({ kind: 'head', pair, words: { a: `“${tokenAt(a.head)}”`, b: `“${tokenAt(b.head)}”` } });
    const bridges = { a: bridgesInWords(sides.a, a), b: bridgesInWords(sides.b, b) };
    if (bridges.a !== bridges.b) found.push({ kind: 'bridge', pair, words: bridges });
    const number = sides.a.numberOf(pair.a.key);
    if (number === null || number !== sides.b.numberOf(pair.b.key) || seen.has(number)) return found;
    seen.add(number);
    for (const kind of ['name', 'type'] as const) {
      const [one, other] = [a[kind], b[kind]];
      if (one !== null && other !== null && one !== other)
        found.push({ kind, pair, words: { a: `“${one}”`, b: `“${other}”` } });
    }
    return found;
  });
}

function bridgesInWords(side: NumberedSide, { bridges }: Described): string {
  if (bridges.length === 0) return 'no bridge';
  return bridges
    .map(({ to, relation }) => {
      const number = to.map((key) => side.numberOf(key)).find((each) => each !== null) ?? '?';
      return `bridge to entity ${number}${relation === null ? '' : ` (${relation})`}`;
    })
    .sort()
    .join(', ');
}
