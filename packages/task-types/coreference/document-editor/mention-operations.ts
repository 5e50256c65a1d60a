import type { AnnotatedMention } from './annotation.ts';
import type { MentionId, Operation, Span } from './contract.ts';
import { leaveEntity, numberOf } from './entity-operations.ts';
import { Refused, type Rewrite } from './rewrite.ts';
import { faultOfSpans, holdsSpan, holdsToken, sameSpans } from './spans.ts';

type Of<Kind extends Operation['kind']> = Extract<Operation, { kind: Kind }>;

export function makeMention(rewrite: Rewrite, { mention, ranges }: Of<'make-mention'>): void {
  if (rewrite.findMention(mention) !== null)
    throw new Refused('id-taken', `A mention is called ${mention} already.`);
  checkSpans(rewrite, ranges, null);
  rewrite.putMention({
    id: mention,
    ranges,
    head: null,
    minimum: null,
    standing: { kind: 'open' },
    bridges: [],
    deixis: null,
  });
}

export function respanMention(rewrite: Rewrite, { mention: id, ranges }: Of<'respan-mention'>): void {
  const mention = rewrite.mention(id);
  if (sameSpans(mention.ranges, ranges)) throw new Refused('no-change', 'The mention stands there already.');
  checkSpans(rewrite, ranges, id);
  const { head, minimum, standing } = mention;
  rewrite.putMention({
    ...mention,
    ranges,
    head: head !== null && holdsToken(ranges, head) ? head : null,
    minimum: minimum !== null && holdsSpan(ranges, minimum) ? minimum : null,
  });
  if (standing.kind !== 'entity') return;
  const entity = rewrite.entity(standing.entity);
  rewrite.putEntity({ ...entity, mentions: rewrite.inReadingOrder(entity.mentions) });
}

export function removeMention(rewrite: Rewrite, { mention: id }: Of<'remove-mention'>): void {
  const mention = rewrite.mention(id);
  for (const { standing, ranges } of rewrite.mentions()) {
    if (standing.kind === 'property' && standing.of.includes(id)) {
      throw new Refused(
        'pointed-at',
        `${rewrite.quoted(ranges)} says what this is: take that back, or point it elsewhere, first.`,
      );
    }
  }
  leaveEntity(rewrite, mention);
  rewrite.dropMention(id);
}

export function setHead(rewrite: Rewrite, { mention: id, head }: Of<'set-head'>): void {
  const mention = rewrite.mention(id);
  if (mention.head === head) throw new Refused('no-change', 'That is its head already.');
  if (head !== null && !holdsToken(mention.ranges, head)) {
    throw new Refused('outside-mention', 'The head must be a word of the mention.');
  }
  const { minimum } = mention;
  if (head !== null && minimum !== null && !holdsToken([minimum], head)) {
    throw new Refused('outside-mention', 'The head must be inside the minimum span.');
  }
  rewrite.putMention({ ...mention, head });
}

export function setMinimum(rewrite: Rewrite, { mention: id, minimum }: Of<'set-minimum'>): void {
  const mention = rewrite.mention(id);
  if (isSameSpan(mention.minimum, minimum)) {
    throw new Refused('no-change', 'That is its minimum span already.');
  }
  if (minimum !== null) {
    if (
      faultOfSpans([minimum], rewrite.document.tokens.length) !== null ||
      !holdsSpan(mention.ranges, minimum)
    )
      throw new Refused(
        'outside-mention',
        'The minimum span must be inside the mention, in one piece of it.',
      );
    if (mention.head !== null && !holdsToken([minimum], mention.head)) {
      throw new Refused('outside-mention', 'The minimum span must hold the head.');
    }
  }
  rewrite.putMention({ ...mention, minimum });
}

export function markProperty(rewrite: Rewrite, { mention: id, of }: Of<'mark-property'>): void {
  const mention = rewrite.mention(id);
  const { standing } = mention;
  if (new Set(of).size !== of.length) throw new Refused('no-change', 'The same phrase is pointed at twice.');
  if (standing.kind === 'property' && standing.of.join(' ') === of.join(' ')) {
    throw new Refused('no-change', 'It says so already.');
  }
  for (const described of of) {
    rewrite.mention(described);
    if (describes(rewrite, described, id)) {
      throw new Refused('points-at-itself', `${rewrite.quoted(mention.ranges)} would describe itself.`);
    }
  }
  checkBare(rewrite, mention);
  leaveEntity(rewrite, mention);
  rewrite.putMention({ ...mention, standing: { kind: 'property', of } });
}

export function markNonReferring(rewrite: Rewrite, { mention: id }: Of<'mark-non-referring'>): void {
  const mention = rewrite.mention(id);
  if (mention.standing.kind === 'non-referring') {
    throw new Refused('no-change', 'It is marked as not referring already.');
  }
  checkBare(rewrite, mention);
  leaveEntity(rewrite, mention);
  rewrite.putMention({ ...mention, standing: { kind: 'non-referring' } });
}

export function unmark(rewrite: Rewrite, { mention: id }: Of<'unmark'>): void {
  const mention = rewrite.mention(id);
  if (mention.standing.kind !== 'property' && mention.standing.kind !== 'non-referring') {
    throw new Refused('not-marked', 'It is marked neither as a property nor as not referring.');
  }
  rewrite.putMention({ ...mention, standing: { kind: 'open' } });
}

export function bridge(rewrite: Rewrite, { mention: id, to, relation }: Of<'bridge'>): void {
  const mention = refersTo(rewrite, id);
  const entity = rewrite.entity(to);
  if (mention.standing.kind === 'entity' && mention.standing.entity === to) {
    throw new Refused('points-at-itself', 'It names this entity: a bridge leads to another.');
  }
  const known = mention.bridges.find((other) => other.to === to);
  if (known?.relation === relation) {
    throw new Refused('no-change', `It is bridged to entity ${numberOf(entity)} already.`);
  }
  const others = mention.bridges.filter((other) => other.to !== to);
  rewrite.putMention({ ...mention, bridges: [...others, { to, relation }] });
}

export function unbridge(rewrite: Rewrite, { mention: id, to }: Of<'unbridge'>): void {
  const mention = rewrite.mention(id);
  rewrite.entity(to);
  const bridges = mention.bridges.filter((other) => other.to !== to);
  if (bridges.length === mention.bridges.length) throw new Refused('no-change', 'There is no such bridge.');
  rewrite.putMention({ ...mention, bridges });
}

export function setDeixis(rewrite: Rewrite, { mention: id, ranges }: Of<'set-deixis'>): void {
  const mention = ranges === null ? rewrite.mention(id) : refersTo(rewrite, id);
  const { deixis } = mention;
  const same = deixis === null || ranges === null ? deixis === ranges : sameSpans(deixis, ranges);
  if (same) throw new Refused('no-change', 'It points there already.');
  const fault = ranges === null ? null : faultOfSpans(ranges, rewrite.document.tokens.length);
  if (fault !== null) throw new Refused('bad-span', `The stretch of text cannot be taken: ${fault}.`);
  rewrite.putMention({ ...mention, deixis: ranges });
}

/** A mention that may refer: one that is marked as a property or as not referring points at nothing else. */
function refersTo(rewrite: Rewrite, id: MentionId): AnnotatedMention {
  const mention = rewrite.mention(id);
  if (mention.standing.kind === 'property' || mention.standing.kind === 'non-referring') {
    throw new Refused('already-marked', 'It is marked as naming nothing: take that back first.');
  }
  return mention;
}

function checkBare(rewrite: Rewrite, { bridges, deixis, ranges }: AnnotatedMention): void {
  if (bridges.length === 0 && deixis === null) return;
  throw new Refused(
    'pointed-at',
    `${rewrite.quoted(ranges)} points elsewhere, by a bridge or at a stretch of text: take that back first.`,
  );
}

function describes(rewrite: Rewrite, id: MentionId, wanted: MentionId): boolean {
  if (id === wanted) return true;
  const standing = rewrite.findMention(id)?.standing;
  return standing?.kind === 'property' && standing.of.some((other) => describes(rewrite, other, wanted));
}

function checkSpans(rewrite: Rewrite, ranges: readonly Span[], own: MentionId | null): void {
  const fault = faultOfSpans(ranges, rewrite.document.tokens.length);
  if (fault !== null) throw new Refused('bad-span', `This cannot be a mention: ${fault}.`);
  for (const other of rewrite.mentions()) {
    if (other.id !== own && sameSpans(other.ranges, ranges)) {
      throw new Refused('same-span', `${rewrite.quoted(ranges)} is a mention already.`);
    }
  }
}

function isSameSpan(one: Span | null, other: Span | null): boolean {
  return one === null || other === null ? one === other : sameSpans([one], [other]);
}
