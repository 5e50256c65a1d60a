import type { AnnotatedMention } from '../../document-editor/annotation.ts';
import type { Candidate } from '../../document-editor/candidates.ts';
import type { EntityId, MentionId, Operation } from '../../document-editor/contract.ts';
import type { Pass } from './pass.svelte.ts';
import type { PickPurpose } from './picking.svelte.ts';

/** Does an operation; whether it could be done. */
type Do = (operation: Operation) => boolean;
type Picked = Pick<Candidate, 'kind' | 'id'>;

/** Says of a mention what was picked for it. */
export function answerWith(
  pass: Pass,
  purpose: Exclude<PickPurpose, 'go'>,
  mention: AnnotatedMention,
  chosen: readonly Picked[],
  perform: Do,
): void {
  const [first] = chosen;
  if (first === undefined) return;
  switch (purpose) {
    case 'refer':
      if (chosen.length > 1) together(pass, mention, chosen, perform);
      else refer(pass, mention, first, perform);
      break;
    case 'property': {
      const of = [...new Set(chosen.map((one) => described(pass, one, mention)))];
      perform({ kind: 'mark-property', mention: mention.id, of });
      break;
    }
    case 'merge':
      if (mention.standing.kind === 'entity')
        perform({ kind: 'merge-entities', into: first.id, from: mention.standing.entity });
      break;
    case 'bridge': {
      const isKnown = mention.bridges.some(({ to }) => to === first.id);
      const bridge = { mention: mention.id, to: first.id };
      perform(isKnown ? { kind: 'unbridge', ...bridge } : { kind: 'bridge', ...bridge, relation: null });
    }
  }
}

function refer(pass: Pass, { id, standing }: AnnotatedMention, picked: Picked, perform: Do): void {
  if (picked.kind === 'entity') {
    perform(
      standing.kind === 'entity'
        ? { kind: 'move-mention', mention: id, to: picked.id }
        : { kind: 'link', mention: id, entity: picked.id },
    );
  } else if (standing.kind === 'entity') {
    perform({ kind: 'link', mention: picked.id, entity: standing.entity });
  } else {
    perform({ kind: 'open-entity', entity: pass.freshId(), mentions: [picked.id, id], antecedents: [] });
  }
}

/** A phrase that names several together joins the entity that is just these, or opens it. */
function together(pass: Pass, mention: AnnotatedMention, chosen: readonly Picked[], perform: Do): void {
  const antecedents = new Set<EntityId>();
  for (const picked of chosen) {
    if (picked.kind === 'mention') {
      const entity = pass.freshId();
      if (!perform({ kind: 'open-entity', entity, mentions: [picked.id], antecedents: [] })) return;
      antecedents.add(entity);
    } else {
      const parts = pass.entity(picked.id)?.antecedents ?? [];
      for (const part of parts.length === 0 ? [picked.id] : parts) antecedents.add(part);
    }
  }
  const known = pass.entities.find(
    (entity) =>
      entity.antecedents.length === antecedents.size &&
      entity.antecedents.every((part) => antecedents.has(part)),
  );
  if (known !== undefined) refer(pass, mention, { kind: 'entity', id: known.id }, perform);
  else if (mention.standing.kind === 'entity')
    perform({ kind: 'set-antecedents', entity: mention.standing.entity, antecedents: [...antecedents] });
  else
    perform({
      kind: 'open-entity',
      entity: pass.freshId(),
      mentions: [mention.id],
      antecedents: [...antecedents],
    });
}

/** The phrase itself, or the mention of an entity that is nearest before. */
function described(pass: Pass, picked: Picked, mention: AnnotatedMention): MentionId {
  if (picked.kind === 'mention') return picked.id;
  const here = pass.placeOf(mention.id);
  const mentions = pass.entity(picked.id)?.mentions ?? [];
  return mentions.findLast((id) => pass.placeOf(id) < here) ?? mentions[0] ?? picked.id;
}
