import type { Chain } from '@casebook/contracts';
import type { CoreferenceAnswer } from '../contract.ts';
import { asMet, type AnnotatedMention, type Annotation } from './annotation.ts';
import type { EntityId, MentionId } from './contract.ts';

/** All mentions in reading order. */
export function asRead({ mentions }: Annotation): readonly AnnotatedMention[] {
  return [...mentions.values()].sort(asMet);
}

/** The place of each mention in such a list. */
export function placesOf(mentions: readonly AnnotatedMention[]): ReadonlyMap<MentionId, number> {
  return new Map(mentions.map(({ id }, place) => [id, place]));
}

/** The chains, in order of first mention. An entity that is several together is a chain of its own. */
export function chainsOf(annotation: Annotation): readonly Chain[] {
  const chains = new Map<EntityId, Chain>();
  for (const { id, standing } of asRead(annotation)) {
    if (standing.kind !== 'entity') continue;
    const chain = chains.get(standing.entity);
    if (chain === undefined) chains.set(standing.entity, { id: standing.entity, mentions: [id] });
    else chain.mentions.push(id);
  }
  return [...chains.values()];
}

/**
 * The same, as a coder would have answered phrase by phrase: what agreement, readings and export read. A mention
 * points at the one before it in its entity; the first is new, or names its antecedents where all were mentioned before. The chains of these answers are the chains of the annotation. Null where answers have no word for it: nothing
 * was said, or a property describes only what comes later.
 */
export function answersOf(annotation: Annotation): ReadonlyMap<MentionId, CoreferenceAnswer | null> {
  const latest = new Map<EntityId, MentionId>();
  const met = new Set<MentionId>();
  const answers = new Map<MentionId, CoreferenceAnswer | null>();
  for (const { id, standing } of asRead(annotation)) {
    switch (standing.kind) {
      case 'open':
        answers.set(id, null);
        break;
      case 'non-referring':
        answers.set(id, { kind: 'non-referring' });
        break;
      case 'property': {
        const of = standing.of.filter((described) => met.has(described));
        answers.set(id, of.length === 0 ? null : { kind: 'property', of });
        break;
      }
      case 'entity': {
        const before = latest.get(standing.entity);
        const parts = annotation.entities.get(standing.entity)?.antecedents ?? [];
        const named = parts.flatMap((part) => latest.get(part) ?? []);
        if (before !== undefined) answers.set(id, { kind: 'old', antecedents: [before] });
        // With some of its parts only, it would name those.
        else if (named.length > 0 && named.length === parts.length)
          answers.set(id, { kind: 'old', antecedents: named });
        else answers.set(id, { kind: 'new' });
        latest.set(standing.entity, id);
        break;
      }
    }
    met.add(id);
  }
  return answers;
}
