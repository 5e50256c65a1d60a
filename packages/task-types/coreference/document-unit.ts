import type { DocumentContent } from '@casebook/contracts';
import type { PlannedItem } from '../task-type-server.ts';
import type { DocumentAnswer, DocumentUnit, EitherAnswer, EitherUnit } from './contract.ts';
import type { PassStart } from './document-editor/contract.ts';
import { replayed, type History } from './document-editor/history.ts';
import type { Outcome } from './document-editor/refusal.ts';
import { startOf } from './document-editor/start.ts';
import { withoutChains } from './gold.ts';

/** The key of a document’s only unit. It has spaces, so that it is no mention’s id in any format of the field. */
export const WHOLE_DOCUMENT = 'the whole document';

/** A document as the unit of a task: nothing of it is given that the pass does not begin with. */
export function documentUnitOf(item: PlannedItem, document: DocumentContent, start: PassStart): DocumentUnit {
  const common = { kind: 'document' as const, name: item.name, tokens: document.tokens.length, start };
  switch (start.kind) {
    case 'text':
      return { ...common, mentions: [], chains: [] };
    case 'mentions': {
      const bare = withoutChains(item.content);
      return { ...common, mentions: bare.kind === 'document' ? bare.document.mentions : [], chains: [] };
    }
    case 'annotated': {
      const { mentions, chains, links } = document;
      return { ...common, mentions, chains, ...(links === undefined ? {} : { links }) };
    }
  }
}

/** The text with what a pass begins with. */
export function documentToAnnotate(text: DocumentContent, unit: DocumentUnit): DocumentContent {
  const { links: _links, ...rest } = text;
  const { mentions, chains, links } = unit;
  return { ...rest, mentions, chains, ...(links === undefined ? {} : { links }) };
}

/** What a pass makes of its document; or which entry of its log cannot be done, counted from 0, and why. */
export function historyOfPass(
  unit: DocumentUnit,
  { entries }: DocumentAnswer,
): Outcome<History> & { readonly at?: number } {
  // The text itself is not needed: a refusal names its words by their numbers.
  const tokens = Array.from({ length: unit.tokens }, (_, at) => ({ text: `word ${at + 1}` }));
  const start = startOf(
    documentToAnnotate({ tokens, sentences: [], paragraphs: [], mentions: [], chains: [] }, unit),
    unit.start,
  );
  return replayed({ tokens }, start.annotation, entries);
}

export function isDocumentUnit(unit: EitherUnit): unit is DocumentUnit {
  return 'kind' in unit;
}

export function isDocumentAnswer(answer: EitherAnswer): answer is DocumentAnswer {
  return answer.kind === 'document';
}
