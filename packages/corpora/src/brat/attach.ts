import type { DocumentDraft, DraftMention } from '../assembly/document-draft.ts';
import { Partition } from '../assembly/partition.ts';
import { quoted, SourceFault } from '../source/fault.ts';
import type { Annotation } from './annotation.ts';
import { CHAIN_ATTRIBUTE, isIdentity, linkOf } from './relations.ts';

/**
 * Gives the mentions of a document their attributes, chains and links.
 *
 * @throws SourceFault where an annotation names a span that the file has not.
 */
export function attach(
  draft: DocumentDraft,
  mentions: ReadonlyMap<string, DraftMention>,
  annotations: readonly Annotation[],
): void {
  const chains = new Partition();
  const named = new Map<string, string>();
  const chained = new Set<string>();
  let unread = 0;
  const mentionOf = (id: string, line: number): DraftMention => {
    const mention = mentions.get(id);
    if (mention === undefined)
      throw new SourceFault(
        { line, column: 1 },
        `${quoted(id)} is named, but is no span of this file`,
        'the id of a span',
      );
    return mention;
  };
  const join = (one: string, other: string): void => {
    chains.join(one, other);
    chained.add(one).add(other);
  };
  for (const annotation of annotations) {
    const { line } = annotation;
    if (annotation.kind === 'attribute') {
      const mention = mentions.get(annotation.span);
      if (mention === undefined) unread += 1;
      else if (annotation.name === CHAIN_ATTRIBUTE) {
        named.set(annotation.span, annotation.value);
        join(annotation.span, `chain ${annotation.value}`);
      } else mention.attributes = { ...mention.attributes, [annotation.name]: annotation.value };
    } else if (annotation.kind === 'equivalence' && isIdentity(annotation.type)) {
      const [first = ''] = annotation.spans;
      for (const id of annotation.spans) join(first, mentionOf(id, line).id ?? id);
    } else if (annotation.kind === 'relation') {
      if (![annotation.from, annotation.to].every((id) => id.startsWith('T'))) {
        unread += 1;
        continue;
      }
      const [from, to] = [mentionOf(annotation.from, line), mentionOf(annotation.to, line)];
      const link = linkOf(annotation.type);
      if (isIdentity(annotation.type)) join(annotation.from, annotation.to);
      else if (link === null) unread += 1;
      else addLink(draft, link, from, to);
    } else if (annotation.kind !== 'span') unread += 1;
  }
  if (unread > 0)
    draft.remark(
      1,
      `${unread} annotations are not read: events, notes on other things, or relations of other kinds`,
    );
  nameChains(mentions, chains, named, chained);
}

function addLink(
  draft: DocumentDraft,
  { kind, relation }: NonNullable<ReturnType<typeof linkOf>>,
  from: DraftMention,
  to: DraftMention,
): void {
  const known =
    kind === 'split-antecedent'
      ? draft.links.find((link) => link.kind === kind && link.from === from)
      : undefined;
  if (known !== undefined) known.to.push(to);
  else draft.links.push({ kind, from, to: [to], ...(relation === null ? {} : { relation }) });
}

/** A chain is called what its attribute says, else by the first free number. */
function nameChains(
  mentions: ReadonlyMap<string, DraftMention>,
  chains: Partition,
  named: ReadonlyMap<string, string>,
  chained: ReadonlySet<string>,
): void {
  const names = new Map<string, string>();
  for (const [span, name] of named) if (!names.has(chains.find(span))) names.set(chains.find(span), name);
  const taken = new Set(names.values());
  let next = 0;
  for (const [id, mention] of mentions) {
    if (!chained.has(id)) continue;
    const root = chains.find(id);
    let name = names.get(root);
    if (name === undefined) {
      while (taken.has(String(next))) next += 1;
      name = String(next);
      taken.add(name);
      names.set(root, name);
    }
    mention.chain = name;
  }
}
