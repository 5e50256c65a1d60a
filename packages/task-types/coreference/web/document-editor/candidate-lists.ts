import type { AnnotatedEntity, AnnotatedMention } from '../../document-editor/annotation.ts';
import type { Candidate, Searched } from '../../document-editor/candidates.ts';
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
  const here = pass.placeOf(mention.id);
  const listed = entities
    .map((entity) => ({ entity, nearness: nearness(pass, entity, here) }))
    .sort((one, other) => other.nearness - one.nearness)
    .map(({ entity }) => searched(pass, entity));
  if (purpose !== 'refer' && purpose !== 'property') return listed;
  const open = pass.mentions.filter(({ id, standing }) => standing.kind === 'open' && id !== mention.id);
  const before = open.filter(({ id }) => pass.placeOf(id) < here).reverse();
  const later = open.filter(({ id }) => pass.placeOf(id) > here);
  return [
    ...listed,
    ...[...before, ...later].map((other): Searched => {
      const name = pass.textOf(other);
      return { candidate: { kind: 'mention', id: other.id, name }, phrases: () => [name] };
    }),
  ];
}

export function candidateOf(pass: Pass, entity: AnnotatedEntity): Extract<Candidate, { kind: 'entity' }> {
  return {
    kind: 'entity',
    id: entity.id,
    number: entity.number,
    name: pass.nameOf(entity),
    type: entity.type,
    mentions: entity.mentions.length,
    alias: null,
  };
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
function nearness(pass: Pass, { mentions }: AnnotatedEntity, here: number): number {
  const places = mentions.map((id) => pass.placeOf(id));
  return places.findLast((place) => place < here) ?? -(places[0] ?? 0) - 1;
}
