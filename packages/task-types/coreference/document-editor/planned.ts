import type { DocumentContent } from '@casebook/contracts';
import type { Annotation, Change } from './annotation.ts';
import type { Operation } from './contract.ts';
import * as entities from './entity-operations.ts';
import * as mentions from './mention-operations.ts';
import type { Outcome } from './refusal.ts';
import { Refused, Rewrite } from './rewrite.ts';

/** What an operation would change, or why it cannot be done. Nothing is changed yet. */
export function planned(
  document: Pick<DocumentContent, 'tokens'>,
  annotation: Annotation,
  operation: Operation,
): Outcome<Change> {
  const rewrite = new Rewrite(document, annotation);
  try {
    perform(rewrite, operation);
  } catch (error) {
    if (error instanceof Refused) return { ok: false, refusal: error.refusal };
    throw error;
  }
  return { ok: true, done: rewrite.change() };
}

function perform(rewrite: Rewrite, operation: Operation): void {
  switch (operation.kind) {
    case 'make-mention':
      mentions.makeMention(rewrite, operation);
      return;
    case 'respan-mention':
      mentions.respanMention(rewrite, operation);
      return;
    case 'remove-mention':
      mentions.removeMention(rewrite, operation);
      return;
    case 'set-head':
      mentions.setHead(rewrite, operation);
      return;
    case 'set-minimum':
      mentions.setMinimum(rewrite, operation);
      return;
    case 'mark-property':
      mentions.markProperty(rewrite, operation);
      return;
    case 'mark-non-referring':
      mentions.markNonReferring(rewrite, operation);
      return;
    case 'unmark':
      mentions.unmark(rewrite, operation);
      return;
    case 'bridge':
      mentions.bridge(rewrite, operation);
      return;
    case 'unbridge':
      mentions.unbridge(rewrite, operation);
      return;
    case 'set-deixis':
      mentions.setDeixis(rewrite, operation);
      return;
    case 'open-entity':
      entities.openEntity(rewrite, operation);
      return;
    case 'link':
      entities.link(rewrite, operation);
      return;
    case 'unlink':
      entities.unlink(rewrite, operation);
      return;
    case 'move-mention':
      entities.moveMention(rewrite, operation);
      return;
    case 'merge-entities':
      entities.mergeEntities(rewrite, operation);
      return;
    case 'split-entity':
      entities.splitEntity(rewrite, operation);
      return;
    case 'name-entity':
      entities.nameEntity(rewrite, operation);
      return;
    case 'set-type':
      entities.setType(rewrite, operation);
      return;
    case 'set-antecedents':
      entities.setAntecedents(rewrite, operation);
      return;
  }
}
