import type { DocumentDraft, DraftMention } from '../assembly/document-draft.ts';
import type { Relation } from './misc.ts';

/** A relation between entities, at the token that it is written on. */
export interface PlacedRelation extends Relation {
  kind: 'bridging' | 'split-antecedent';
  token: number;
  line: number;
}

/**
 * Turns relations between entities into links between mentions: from the anaphor's mention that begins at the
 * token to the nearest mention of the antecedent before it. The antecedents of one split anaphor are one link.
 */
export function linkRelations(
  draft: DocumentDraft,
  relations: readonly PlacedRelation[],
  byChain: ReadonlyMap<string, readonly DraftMention[]>,
): void {
  const inOrder = new Map(
    Array.from(byChain, ([chain, mentions]) => [
      chain,
      [...mentions].sort((one, other) => startOf(one) - startOf(other)),
    ]),
  );
  const split = new Map<DraftMention, DraftMention[]>();
  for (const { antecedent, anaphor, relation, kind, token, line } of relations) {
    const anaphors = inOrder.get(anaphor) ?? [];
    const antecedents = inOrder.get(antecedent) ?? [];
    const from = anaphors.find((mention) => startOf(mention) === token) ?? anaphors[0];
    const to =
      antecedents.findLast((mention) => startOf(mention) < token && mention !== from) ?? antecedents[0];
    if (from === undefined || to === undefined) {
      draft.remark(
        line,
        `a relation names an entity without mentions (${antecedent}<${anaphor}); it is passed over`,
      );
      continue;
    }
    const known = kind === 'split-antecedent' ? split.get(from) : undefined;
    if (known !== undefined) {
      known.push(to);
      continue;
    }
    const link = { kind, from, to: [to], ...(relation === null ? {} : { relation }) };
    draft.links.push(link);
    if (kind === 'split-antecedent') split.set(from, link.to);
  }
}

function startOf(mention: DraftMention): number {
  return mention.ranges[0]?.[0] ?? 0;
}
