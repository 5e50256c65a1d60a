import type { AnnotatedEntity, AnnotatedMention } from '../../document-editor/annotation.ts';
import type { Candidate, Searched } from '../../document-editor/candidates.ts';
import type { MentionId } from '../../document-editor/contract.ts';
import type { Pass } from './pass.svelte.ts';
import type { PickPurpose } from './picking.svelte.ts';

/**
 * What can be picked for a mention: the other entities, the nearest named before it first, then mentions of which
 * nothing was said. To go somewhere: all entities, in order of first mention.
 */
export function searchedFor(
  pass: Pass,
  purpose: PickPurpose,
  mention: AnnotatedMention | null,
): readonly Searched[] {
  const own = pass.entityOf(mention)?.id;
  const entities = pass.entities.filter(({ id }) => id !== own);
  if (mention === null || purpose === 'go') return entities.map((entity) => searched(pass, entity));
  const { places } = pass;
  const here = places.get(mention.id) ?? -1;
  const listed = entities
    .map((entity) => ({ entity, nearness: nearness(places, entity, here) }))
    .sort((one, other) => other.nearness - one.nearness)
    .map(({ entity }) => searched(pass, entity));
  if (purpose !== 'refer' && purpose !== 'property') return listed;
  const open = pass.mentions.filter(({ id, standing }) => standing.kind === 'open' && id !== mention.id);
  const before = open.filter(({ id }) => (places.get(id) ?? -1) < here).reverse();
  const later = open.filter(({ id }) => (places.get(id) ?? -1) > here);
  return [
    ...listed,
    ...[...before, ...later].map((other): Searched => {
      const name = pass.textOf(other);
      return { candidate: { kind: 'mention', id: other.id, name }, phrases: () => [name] };
    }),
  ];
}

const candidates = new WeakMap<AnnotatedEntity, EntityCandidate>();
type EntityCandidate = Extract<Candidate, { kind: 'entity' }>;

/** The very same candidate for an entity of which nothing changed, so that its row is not drawn anew. */
export function candidateOf(pass: Pass, entity: AnnotatedEntity): EntityCandidate {
  const name = pass.nameOf(entity);
  const known = candidates.get(entity);
  if (known?.name === name) return known;
  const { id, number, type, mentions } = entity;
  const candidate: EntityCandidate = {
    kind: 'entity',
    id,
    number,
    name,
    type,
    mentions: mentions.length,
    alias: null,
  };
  candidates.set(entity, candidate);
  return candidate;
}

function searched(pass: Pass, entity: AnnotatedEntity): Searched {
  const phrases = (): readonly string[] => {
    const texts = entity.mentions.flatMap((id) => {
      const mention = pass.mention(id);
      return mention === null ? [] : [pass.textOf(mention)];
    });
    return [...new Set([pass.nameOf(entity), ...texts])];
  };
  return { candidate: candidateOf(pass, entity), phrases };
}

/** The place of its latest mention before here; what is named only later is further off the later it is. */
function nearness(
  places: ReadonlyMap<MentionId, number>,
  { mentions }: AnnotatedEntity,
  here: number,
): number {
  const before = mentions.findLast((id) => (places.get(id) ?? -1) < here);
  return before === undefined ? -(places.get(mentions[0] ?? '') ?? 0) - 1 : (places.get(before) ?? -1);
}
