import { type GoldProvenance, goldProvenance } from '../ratings/gold-provenance.ts';
import type { RatingTable } from '../ratings/rating-table.ts';

/** Where gold comes from, with the words of the pairs that do not recompute. */
export type ProvenanceReport =
  | (Omit<Extract<GoldProvenance, { kind: 'defined' }>, 'kind' | 'differing'> & {
      readonly differing: readonly {
        readonly word1: string;
        readonly word2: string;
        readonly row: number;
        readonly gold: number;
        readonly recomputed: number;
      }[];
    })
  | { readonly value: null; readonly reason: string };

/** As `goldProvenance`, in words and lines. */
export function provenanceReport(table: RatingTable): ProvenanceReport {
  const found = goldProvenance(table);
  if (found.kind === 'undefined') return { value: null, reason: found.reason };
  const { kind: _, differing, ...rest } = found;
  return {
    ...rest,
    differing: differing.map(({ pair, gold, recomputed }) => ({
      word1: table.pairs[pair]?.word1 ?? '',
      word2: table.pairs[pair]?.word2 ?? '',
      row: table.pairs[pair]?.line ?? 0,
      gold,
      recomputed,
    })),
  };
}
