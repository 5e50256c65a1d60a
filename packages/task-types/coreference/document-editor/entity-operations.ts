import type { AnnotatedEntity, AnnotatedMention } from './annotation.ts';
import type { EntityId, Operation } from './contract.ts';
import { Refused, type Rewrite } from './rewrite.ts';

type Of<Kind extends Operation['kind']> = Extract<Operation, { kind: Kind }>;

export function openEntity(
  rewrite: Rewrite,
  { entity: id, mentions: ids, antecedents }: Of<'open-entity'>,
): void {
  const number = nextNumber(rewrite);
  checkFree(rewrite, id);
  checkDistinct(ids);
  for (const mention of ids) enter(rewrite, unlinked(rewrite, mention), id);
  rewrite.putEntity({
    id,
    number,
    name: null,
    type: null,
    antecedents: [],
    mentions: rewrite.inReadingOrder(ids),
  });
  if (antecedents.length > 0) putAntecedents(rewrite, id, antecedents);
}

export function link(rewrite: Rewrite, { mention: id, entity: to }: Of<'link'>): void {
  const mention = rewrite.mention(id);
  const entity = rewrite.entity(to);
  if (mention.standing.kind === 'entity' && mention.standing.entity === to) {
    throw new Refused('no-change', `It names entity ${numberOf(entity)} already.`);
  }
  enter(rewrite, unlinked(rewrite, id), to);
  rewrite.putEntity({ ...entity, mentions: rewrite.inReadingOrder([...entity.mentions, id]) });
}

export function unlink(rewrite: Rewrite, { mention: id }: Of<'unlink'>): void {
  const mention = rewrite.mention(id);
  if (mention.standing.kind !== 'entity') throw new Refused('not-linked', 'It is in no entity.');
  leaveEntity(rewrite, mention);
  rewrite.putMention({ ...mention, standing: { kind: 'open' } });
}

export function moveMention(rewrite: Rewrite, { mention: id, to }: Of<'move-mention'>): void {
  const mention = rewrite.mention(id);
  const entity = rewrite.entity(to);
  const { standing } = mention;
  if (standing.kind !== 'entity') throw new Refused('not-linked', 'It is in no entity: link it instead.');
  if (standing.entity === to) throw new Refused('no-change', `It names entity ${numberOf(entity)} already.`);
  leaveEntity(rewrite, mention);
  enter(rewrite, mention, to);
  rewrite.putEntity({ ...entity, mentions: rewrite.inReadingOrder([...entity.mentions, id]) });
}

/** What is said of `into` stays; its name, type and antecedents are those of `from` where it has none itself. */
export function mergeEntities(rewrite: Rewrite, { into: intoId, from: fromId }: Of<'merge-entities'>): void {
  const into = rewrite.entity(intoId);
  const from = rewrite.entity(fromId);
  if (intoId === fromId) throw new Refused('points-at-itself', 'An entity cannot be merged with itself.');
  if (into.antecedents.length > 0 && from.antecedents.length > 0) {
    throw new Refused(
      'bad-antecedents',
      `Entities ${numberOf(into)} and ${numberOf(from)} are both several together, and not the same: change one of them first.`,
    );
  }
  for (const mention of from.mentions) enter(rewrite, rewrite.mention(mention), intoId);
  const antecedents = into.antecedents.length > 0 ? into.antecedents : from.antecedents;
  rewrite.dropEntity(fromId);
  rewrite.putEntity({
    ...into,
    name: into.name ?? from.name,
    type: into.type ?? from.type,
    antecedents: [],
    mentions: rewrite.inReadingOrder([...into.mentions, ...from.mentions]),
  });
  redirect(rewrite, fromId, intoId);
  if (antecedents.length > 0) putAntecedents(rewrite, intoId, antecedents);
  for (const mention of rewrite.mentions()) checkBridges(rewrite, mention);
}

export function splitEntity(rewrite: Rewrite, { entity: id, mentions: ids, into }: Of<'split-entity'>): void {
  const entity = rewrite.entity(id);
  const number = nextNumber(rewrite);
  checkFree(rewrite, into);
  checkDistinct(ids);
  const leaving = new Set(ids);
  for (const mention of ids) {
    const { standing, ranges } = rewrite.mention(mention);
    if (standing.kind !== 'entity' || standing.entity !== id) {
      throw new Refused('not-linked', `${rewrite.quoted(ranges)} is not in entity ${numberOf(entity)}.`);
    }
  }
  const staying = entity.mentions.filter((mention) => !leaving.has(mention));
  if (staying.length === 0) {
    throw new Refused('nothing-stays', `At least one mention must stay in entity ${numberOf(entity)}.`);
  }
  rewrite.putEntity({ ...entity, mentions: staying });
  rewrite.putEntity({
    id: into,
    number,
    name: null,
    type: entity.type,
    antecedents: [],
    mentions: rewrite.inReadingOrder(ids),
  });
  for (const mention of ids) enter(rewrite, rewrite.mention(mention), into);
}

export function nameEntity(rewrite: Rewrite, { entity: id, name }: Of<'name-entity'>): void {
  const entity = rewrite.entity(id);
  if (entity.name === name) throw new Refused('no-change', 'That is its name already.');
  rewrite.putEntity({ ...entity, name });
}

export function setType(rewrite: Rewrite, { entity: id, type }: Of<'set-type'>): void {
  const entity = rewrite.entity(id);
  if (entity.type === type) throw new Refused('no-change', 'That is its type already.');
  rewrite.putEntity({ ...entity, type });
}

export function setAntecedents(rewrite: Rewrite, { entity: id, antecedents }: Of<'set-antecedents'>): void {
  const entity = rewrite.entity(id);
  if (nameOfSet(entity.antecedents) === nameOfSet(antecedents)) {
    throw new Refused('no-change', 'It is these together already.');
  }
  if (antecedents.length === 0) rewrite.putEntity({ ...entity, antecedents });
  else putAntecedents(rewrite, id, antecedents);
}

/** Takes a mention out of its entity, if it is in one. An entity without mentions goes, unless it is pointed at. */
export function leaveEntity(rewrite: Rewrite, { id, standing }: AnnotatedMention): void {
  if (standing.kind !== 'entity') return;
  const entity = rewrite.entity(standing.entity);
  const mentions = entity.mentions.filter((other) => other !== id);
  if (mentions.length > 0) {
    rewrite.putEntity({ ...entity, mentions });
    return;
  }
  for (const mention of rewrite.mentions()) {
    if (mention.id === id || mention.bridges.every(({ to }) => to !== entity.id)) continue;
    throw new Refused(
      'pointed-at',
      `${rewrite.quoted(mention.ranges)} is bridged to entity ${numberOf(entity)}, which would have no mention left.`,
    );
  }
  for (const other of rewrite.entities()) {
    if (!other.antecedents.includes(entity.id)) continue;
    throw new Refused(
      'pointed-at',
      `Entity ${numberOf(other)} is entity ${numberOf(entity)} and others together, and that would have no mention left.`,
    );
  }
  rewrite.dropEntity(entity.id);
}

export function numberOf({ number }: AnnotatedEntity): string {
  return String(number);
}

/** Puts a mention's own row into an entity; the entity's list is the caller's. */
function enter(rewrite: Rewrite, mention: AnnotatedMention, entity: EntityId): void {
  const entered: AnnotatedMention = { ...mention, standing: { kind: 'entity', entity } };
  rewrite.putMention(entered);
  checkBridges(rewrite, entered);
}

function checkBridges(rewrite: Rewrite, { standing, bridges, ranges }: AnnotatedMention): void {
  if (standing.kind !== 'entity' || bridges.every(({ to }) => to !== standing.entity)) return;
  throw new Refused(
    'points-at-itself',
    `${rewrite.quoted(ranges)} would be bridged to the entity that it names: take the bridge back first.`,
  );
}

/** Whatever pointed at one entity points at the other. */
function redirect(rewrite: Rewrite, from: EntityId, into: EntityId): void {
  for (const mention of [...rewrite.mentions()]) {
    if (mention.bridges.every(({ to }) => to !== from)) continue;
    const known = mention.bridges.some(({ to }) => to === into);
    const bridges = known
      ? mention.bridges.filter(({ to }) => to !== from)
      : mention.bridges.map((other) => (other.to === from ? { ...other, to: into } : other));
    rewrite.putMention({ ...mention, bridges });
  }
  for (const entity of [...rewrite.entities()]) {
    if (!entity.antecedents.includes(from)) continue;
    const antecedents = [...new Set(entity.antecedents.map((id) => (id === from ? into : id)))];
    putAntecedents(rewrite, entity.id, antecedents);
  }
}

function putAntecedents(rewrite: Rewrite, id: EntityId, antecedents: readonly EntityId[]): void {
  const entity = rewrite.entity(id);
  const refuse = (why: string): never => {
    throw new Refused('bad-antecedents', why);
  };
  if (new Set(antecedents).size !== antecedents.length || antecedents.length < 2) {
    refuse(`Entity ${numberOf(entity)} would have to be at least two different entities together.`);
  }
  if (antecedents.includes(id)) refuse(`Entity ${numberOf(entity)} would be part of itself.`);
  for (const antecedent of antecedents) {
    const part = rewrite.entity(antecedent);
    if (part.antecedents.length > 0) {
      refuse(`Entity ${numberOf(part)} is several together itself: name those instead.`);
    }
  }
  for (const other of rewrite.entities()) {
    if (other.id === id) continue;
    if (other.antecedents.includes(id)) {
      refuse(
        `Entity ${numberOf(entity)} is part of entity ${numberOf(other)}, so it cannot be several itself.`,
      );
    }
    if (nameOfSet(other.antecedents) === nameOfSet(antecedents)) {
      refuse(`Entity ${numberOf(other)} is just these together: link to it, or merge the two.`);
    }
  }
  rewrite.putEntity({ ...entity, antecedents });
}

/** A mention that is in no entity; what else was said of it is replaced. */
function unlinked(rewrite: Rewrite, id: string): AnnotatedMention {
  const mention = rewrite.mention(id);
  const { standing, ranges } = mention;
  if (standing.kind !== 'entity') return mention;
  const entity = rewrite.entity(standing.entity);
  throw new Refused(
    'already-linked',
    `${rewrite.quoted(ranges)} names entity ${numberOf(entity)}: move it, or take it out first.`,
  );
}

function checkFree(rewrite: Rewrite, id: EntityId): void {
  if (rewrite.findEntity(id) !== null) throw new Refused('id-taken', `An entity is called ${id} already.`);
}

function checkDistinct(ids: readonly string[]): void {
  if (new Set(ids).size !== ids.length) throw new Refused('no-change', 'The same mention is named twice.');
}

function nextNumber(rewrite: Rewrite): number {
  let highest = 0;
  for (const { number } of rewrite.entities()) highest = Math.max(highest, number);
  return highest + 1;
}

function nameOfSet(ids: readonly EntityId[]): string {
  return JSON.stringify([...ids].sort());
}
