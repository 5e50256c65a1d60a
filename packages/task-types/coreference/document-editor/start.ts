import type { DocumentContent, Link, Mention } from '@casebook/contracts';
import {
  asMet,
  copied,
  EMPTY,
  write,
  type AnnotatedMention,
  type Annotation,
  type Tables,
} from './annotation.ts';
import type { EntityId, MentionId, Operation, PassStart } from './contract.ts';
import { planned } from './planned.ts';
import { faultOfSpans, holdsToken, normalised } from './spans.ts';

export interface Start {
  readonly annotation: Annotation;
  /** What the document says and an annotation cannot hold, in words; nothing is left out in silence. */
  readonly left: readonly string[];
}

/**
 * The annotation that a pass begins with. Ids of mentions and chains are the document's. Numbers follow the order of
 * first mention. A link of kind or relation `property` makes a property, `reference=non-referring` says that a
 * mention names nothing, a split antecedent makes its mention's entity several together, and whatever is bridged to
 * is an entity, as in `gold.ts`. The type is the first mention's attribute `etype`, or `type`.
 */
export function startOf(document: DocumentContent, start: PassStart): Start {
  if (start.kind === 'text') return { annotation: EMPTY, left: [] };
  const tables = copied(EMPTY);
  const left: string[] = [];
  for (const mention of document.mentions) addMention(tables, document, mention, left);
  if (start.kind === 'mentions') return { annotation: tables, left };
  addChains(tables, document, left);
  const say = (operation: Operation): boolean => {
    const plan = planned(document, tables, operation);
    if (plan.ok) write(tables, plan.done);
    else left.push(`${wordsOf(operation)}: ${plan.refusal.message}`);
    return plan.ok;
  };
  for (const { id, attributes } of document.mentions) {
    if (attributes?.['reference'] === 'non-referring') say({ kind: 'mark-non-referring', mention: id });
  }
  const links = document.links ?? [];
  for (const link of links.filter(isProperty)) {
    say({ kind: 'mark-property', mention: link.from, of: [...new Set(link.to)] });
  }
  const others = links.filter((link) => !isProperty(link));
  // Split antecedents first: what is several together may be bridged to.
  for (const link of others.filter(({ kind }) => kind === 'split-antecedent')) together(tables, link, say);
  for (const { from, to, relation } of others.filter(({ kind }) => kind === 'bridging')) {
    for (const mention of to) {
      const entity = entityOf(tables, mention, say);
      if (entity !== null) say({ kind: 'bridge', mention: from, to: entity, relation: relation ?? null });
    }
  }
  return { annotation: tables, left };
}

type Say = (operation: Operation) => boolean;

function addMention(tables: Tables, document: DocumentContent, mention: Mention, left: string[]): void {
  const ranges = normalised(mention.ranges);
  const fault = faultOfSpans(ranges, document.tokens.length);
  if (fault !== null || tables.mentions.has(mention.id)) {
    left.push(`mention ${mention.id}: ${fault ?? 'another one has this id'}`);
    return;
  }
  const { head } = mention;
  const inside = head !== undefined && holdsToken(ranges, head);
  if (head !== undefined && !inside) left.push(`mention ${mention.id}: its head is not one of its words`);
  const row: AnnotatedMention = {
    id: mention.id,
    ranges,
    head: inside ? head : null,
    minimum: null,
    standing: { kind: 'open' },
    bridges: [],
    deixis: null,
  };
  tables.mentions.set(mention.id, row);
}

function addChains(tables: Tables, { chains, mentions }: DocumentContent, left: string[]): void {
  const typeOf = new Map(
    mentions.map(({ id, attributes }) => [id, attributes?.['etype'] ?? attributes?.['type']]),
  );
  const taken = new Set<MentionId>();
  const opened = chains.flatMap((chain) => {
    const rows = chain.mentions.flatMap((id) => {
      const row = tables.mentions.get(id);
      if (row !== undefined && !taken.has(id)) {
        taken.add(id);
        return [row];
      }
      left.push(
        `chain ${chain.id}: ${row === undefined ? 'there is no' : 'another chain has'} mention ${id}`,
      );
      return [];
    });
    const [first] = rows.sort(asMet);
    return first === undefined ? [] : [{ id: chain.id, first, mentions: rows.map(({ id }) => id) }];
  });
  opened.sort((one, other) => asMet(one.first, other.first));
  for (const [index, { id, mentions: ids }] of opened.entries()) {
    const type = ids
      .map((mention) => typeOf.get(mention))
      .find((known) => known !== undefined && known !== '');
    tables.entities.set(id, {
      id,
      number: index + 1,
      name: null,
      type: type ?? null,
      antecedents: [],
      mentions: ids,
    });
    for (const mention of ids) {
      const row = tables.mentions.get(mention);
      if (row !== undefined)
        tables.mentions.set(mention, { ...row, standing: { kind: 'entity', entity: id } });
    }
  }
}

function together(tables: Tables, { from, to }: Link, say: Say): void {
  const entity = entityOf(tables, from, say);
  const antecedents = to.flatMap((mention) => entityOf(tables, mention, say) ?? []);
  if (entity === null) return;
  // What is several together itself stands for its parts.
  const parts = antecedents.flatMap((id) => {
    const own = tables.entities.get(id)?.antecedents ?? [];
    return own.length > 0 ? own : [id];
  });
  say({ kind: 'set-antecedents', entity, antecedents: [...new Set(parts)] });
}

/** The entity of a mention; one is opened where it has none, so that it can be pointed at. */
function entityOf(tables: Tables, mention: MentionId, say: Say): EntityId | null {
  const standing = tables.mentions.get(mention)?.standing;
  if (standing?.kind === 'entity') return standing.entity;
  const entity = `of-${mention}`;
  return say({ kind: 'open-entity', entity, mentions: [mention], antecedents: [] }) ? entity : null;
}

function isProperty(link: Link): boolean {
  return link.kind === 'property' || link.relation === 'property';
}

function wordsOf(operation: Operation): string {
  const of = 'mention' in operation ? operation.mention : 'entity' in operation ? operation.entity : '';
  return `${operation.kind} ${of}`.trim();
}
