import type { AgreementChange, AgreementView } from '@casebook/contracts';
import { codersOf } from '../agreement-view.ts';
import type { AgreementRequest, CodedUnit } from '../task-type-server.ts';
import type { CoreferenceAnswer, CoreferenceUnit } from './contract.ts';
import { decisionClassChange, decisionClassView } from './decision-class-view.ts';
import type { PassCoding } from './document-readings.ts';
import { phraseCodings } from './document-readings.ts';
import { entitiesChange, entitiesView } from './entities-view.ts';
import { scoreViews } from './scores-view.ts';
import { spansView } from './spans-view.ts';

/**
 * Agreement on what kind of answer a phrase wants, on which phrases name the same, and where coders mark phrases
 * themselves, on what is one.
 */
export function coreferenceAgreement(
  codings: readonly CodedUnit<CoreferenceUnit, CoreferenceAnswer>[],
  request: AgreementRequest,
  passes: readonly PassCoding[] = [],
): readonly AgreementView[] {
  const all = passes.length === 0 ? codings : [...codings, ...phraseCodings(passes)];
  const judging = codersOf(all);
  // Who passed over a document and marked nothing in it can still be compared on what is a phrase.
  const coders = codersOf([...codings, ...passes]);
  return [
    decisionClassView(all, judging, request),
    entitiesView(all, judging, request),
    ...scoreViews(all, passes, coders, request),
    ...(passes.length === 0 ? [] : [spansView(passes, coders, request)]),
  ];
}

/** How agreement on kinds of answer and on entities changed between two looks at the same phrases. */
export function coreferenceAgreementChange(
  before: readonly CodedUnit<CoreferenceUnit, CoreferenceAnswer>[],
  after: readonly CodedUnit<CoreferenceUnit, CoreferenceAnswer>[],
  request: AgreementRequest,
): readonly AgreementChange[] {
  return [decisionClassChange(before, after, request), entitiesChange(before, after, request)];
}
