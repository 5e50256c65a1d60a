import { inReadingOrder } from '@casebook/contracts';
import type { DocumentContent, ItemContent, Link } from '@casebook/contracts';
import { documentOf } from '../item-content.ts';
import type { PlannedItem } from '../task-type-server.ts';
import type { CoreferenceAnswer } from './contract.ts';

/**
 * The document's own chains and links as answers, by mention id. A mention points at the one before it in its
 * chain; the first of a chain is new, or names several entities where a split-antecedent link says so. A link of
 * kind or relation `property` makes it a property; the attribute `reference` with the value `non-referring` says
 * that it refers to nothing. A mention that the document puts nowhere has no gold, and neither has a property of
 * something that comes later, since an answer can only point back.
 */
export function goldOf(item: PlannedItem): ReadonlyMap<string, CoreferenceAnswer> {
  const document = documentOf(item);
  const mentions = [...document.mentions].sort(inReadingOrder);
  const placeOf = new Map(mentions.map((mention, place) => [mention.id, place]));
  const chainOf = new Map(document.chains.flatMap((chain) => chain.mentions.map((id) => [id, chain.id])));
  const lastOf = new Map<string, string>();
  const targets = { property: targetsOf(document, isProperty), split: targetsOf(document, isSplit) };
  const gold = new Map<string, CoreferenceAnswer>();
  for (const [place, { id, attributes }] of mentions.entries()) {
    const earlier = (ids: readonly string[]): string[] =>
      [...new Set(ids)].filter((other) => (placeOf.get(other) ?? Infinity) < place);
    const property = targets.property.get(id);
    if (attributes?.['reference'] === 'non-referring') {
      gold.set(id, { kind: 'non-referring' });
    } else if (property !== undefined) {
      const of = earlier(property);
      if (of.length > 0) gold.set(id, { kind: 'property', of });
    } else {
      const chain = chainOf.get(id);
      const previous = chain === undefined ? undefined : lastOf.get(chain);
      const antecedents = previous === undefined ? earlier(targets.split.get(id) ?? []) : [previous];
      if (antecedents.length > 0) gold.set(id, { kind: 'old', antecedents });
      else if (chain !== undefined) gold.set(id, { kind: 'new' });
      if (chain !== undefined) lastOf.set(chain, id);
    }
  }
  return gold;
}

function targetsOf(
  { links = [] }: DocumentContent,
  wanted: (link: Link) => boolean,
): ReadonlyMap<string, readonly string[]> {
  const targets = new Map<string, string[]>();
  for (const link of links.filter(wanted))
    targets.set(link.from, [...(targets.get(link.from) ?? []), ...link.to]);
  return targets;
}

function isSplit(link: Link): boolean {
  return link.kind === 'split-antecedent';
}

/** CoNLL-U has no property links of its own; `Bridge=e1<e2:property` stands for one. */
function isProperty(link: Link): boolean {
  return link.kind === 'property' || link.relation === 'property';
}

/**
 * The text and its mentions, without whatever tells who is who: chains, links, and the source's remarks on tokens
 * and mentions, which may name the entity.
 */
export function withoutChains(content: ItemContent): ItemContent {
  if (content.kind !== 'document') return content;
  const { links: _links, ...document } = content.document;
  return {
    kind: 'document',
    document: {
      ...document,
      tokens: document.tokens.map(({ attributes: _attributes, ...token }) => token),
      mentions: document.mentions.map(({ attributes: _attributes, ...mention }) => mention),
      chains: [],
    },
  };
}
