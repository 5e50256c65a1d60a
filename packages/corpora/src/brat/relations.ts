import type { Link } from '@casebook/contracts';

/** The name of the attribute that says which chain a mention is in; our own, since brat has no names for chains. */
export const CHAIN_ATTRIBUTE = 'Chain';
export const DEFAULT_TYPE = 'Mention';
export const EQUIVALENCE = 'Coref';

const IDENTITY = /^(?:coref|ident|same|anaphor)/iu;
const LINKS: readonly { kind: Link['kind']; pattern: RegExp; written: string }[] = [
  { kind: 'bridging', pattern: /^bridging(?:-(.+))?$/iu, written: 'Bridging' },
  { kind: 'split-antecedent', pattern: /^split[-_]?antecedent(?:-(.+))?$/iu, written: 'SplitAntecedent' },
  { kind: 'property', pattern: /^property(?:-(.+))?$/iu, written: 'Property' },
];

/** Whether a relation or equivalence of this type says that its members name the same entity. */
export function isIdentity(type: string): boolean {
  return IDENTITY.test(type);
}

/** The link that a relation of this type is; null where it is none that we know. */
export function linkOf(type: string): { kind: Link['kind']; relation: string | null } | null {
  for (const { kind, pattern } of LINKS) {
    const match = pattern.exec(type);
    if (match !== null) return { kind, relation: match[1] ?? null };
  }
  return null;
}

/** The type that a link is written as. */
export function typeOf(link: Pick<Link, 'kind' | 'relation'>): string {
  const written = LINKS.find(({ kind }) => kind === link.kind)?.written ?? 'Property';
  return link.relation === undefined ? written : `${written}-${link.relation.replace(/\s+/gu, '_')}`;
}
