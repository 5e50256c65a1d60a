import type { TokenRange } from '@casebook/contracts';

/** The tokens of a mention, in order. */
function tokensOf(ranges: readonly TokenRange[]): number[] {
  return ranges.flatMap(([start, end]) => Array.from({ length: end - start }, (_, index) => start + index));
}

/**
 * The head token of a mention: the `head` field where the source has one; else from `minspan`, the positions
 * (from 1, within the mention) of its smallest admissible span: of these the one that depends on a token outside
 * them, by `parents` (indices of tokens; null for roots and unknown).
 *
 * @returns null where the source says nothing of it, or something impossible.
 */
export function headOf(
  ranges: readonly TokenRange[],
  fields: Readonly<Record<string, string>>,
  parents: readonly (number | null)[],
): number | null {
  const tokens = tokensOf(ranges);
  const head = fields['head'];
  if (head !== undefined && /^\d+$/u.test(head)) return tokens[Number(head) - 1] ?? null;
  const minspan = fields['minspan'] ?? fields['MIN'];
  if (minspan === undefined || !/^\d+(?:,\d+)*$/u.test(minspan)) return null;
  const smallest = minspan.split(',').flatMap((position) => tokens[Number(position) - 1] ?? []);
  const inside = new Set(smallest);
  const outward = smallest.find((token) => {
    const parent = parents[token];
    return parent === null || parent === undefined || !inside.has(parent);
  });
  return outward ?? smallest[0] ?? null;
}
