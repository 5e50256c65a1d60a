import type { CodedUnit, ReferenceAnswer } from '../task-type-server.ts';
import type { CoreferenceAnswer, CoreferenceUnit, EitherAnswer, EitherUnit } from './contract.ts';
import type { PassCoding } from './document-readings.ts';
import { isDocumentAnswer, isDocumentUnit } from './document-unit.ts';

/** An answer to a phrase; null where it is one to a whole document. */
export function phraseAnswer(answer: EitherAnswer): CoreferenceAnswer | null {
  return isDocumentAnswer(answer) ? null : answer;
}

/** The answers that were given phrase by phrase. */
export function phrasesAmong(
  codings: readonly CodedUnit<EitherUnit, EitherAnswer>[],
): CodedUnit<CoreferenceUnit, CoreferenceAnswer>[] {
  return codings.flatMap((coding) => {
    const { unit, answer } = coding;
    return isDocumentUnit(unit) || isDocumentAnswer(answer) ? [] : [{ ...coding, unit, answer }];
  });
}

/** The passes over whole documents. */
export function passesAmong(codings: readonly CodedUnit<EitherUnit, EitherAnswer>[]): PassCoding[] {
  return codings.flatMap((coding) => {
    const { unit, answer } = coding;
    return isDocumentUnit(unit) && isDocumentAnswer(answer) ? [{ ...coding, unit, answer }] : [];
  });
}

/** The reference answers of phrases. */
export function referencesAmong(
  reference: ReadonlyMap<string, ReferenceAnswer<EitherUnit, EitherAnswer>>,
): ReadonlyMap<string, ReferenceAnswer<CoreferenceUnit, CoreferenceAnswer>> {
  return new Map(
    [...reference].flatMap(([key, { unit, answer }]) =>
      isDocumentUnit(unit) || isDocumentAnswer(answer) ? [] : [[key, { unit, answer }] as const],
    ),
  );
}
