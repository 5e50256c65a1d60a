import type { CodedUnit, ReferenceAnswer } from '../task-type-server.ts';
import type {
  CoreferenceAnswer,
  CoreferenceUnit,
  DocumentAnswer,
  EitherAnswer,
  EitherUnit,
  PhraseAnswer,
} from './contract.ts';
import type { CorrectedSpan } from './corrected-span/contract.ts';
import type { PassCoding } from './document-readings.ts';
import { isDocumentAnswer, isDocumentUnit } from './document-unit.ts';

/** An answer to a phrase; null where it is one to a whole document. */
export function phraseAnswer(answer: EitherAnswer): PhraseAnswer | null {
  return isDocumentAnswer(answer) ? null : answer;
}

/**
 * The answer that counts: of several readings the first, which its coder prefers. Corrected borders are left out, so
 * that coders who name one entity never differ by them.
 */
export function preferredOf(answer: PhraseAnswer): CoreferenceAnswer {
  if (answer.kind === 'ambiguous') return answer.readings[0];
  const { span: _span, ...decision } = answer;
  return decision;
}

/** The borders that an answer gives its phrase instead of those shown; null where it leaves them. */
export function correctionOf(answer: EitherAnswer): CorrectedSpan | null {
  return phraseAnswer(answer)?.span ?? null;
}

/** The answers that were given phrase by phrase, of several readings the preferred one. */
export function phrasesAmong(
  codings: readonly CodedUnit<EitherUnit, EitherAnswer>[],
): CodedUnit<CoreferenceUnit, CoreferenceAnswer>[] {
  return codings.flatMap((coding) => {
    const { unit, answer } = coding;
    return isDocumentUnit(unit) || isDocumentAnswer(answer)
      ? []
      : [{ ...coding, unit, answer: preferredOf(answer) }];
  });
}

/** The passes over whole documents. */
export function passesAmong(codings: readonly CodedUnit<EitherUnit, EitherAnswer>[]): PassCoding[] {
  return codings.flatMap((coding) => {
    const { unit, answer } = coding;
    return isDocumentUnit(unit) && isDocumentAnswer(answer) ? [{ ...coding, unit, answer }] : [];
  });
}

/** Answers that an adjudicator kept, those to whole documents left out, of several readings the preferred one. */
export function keptPhrases(
  kept: ReadonlyMap<string, readonly EitherAnswer[]>,
): ReadonlyMap<string, readonly CoreferenceAnswer[]> {
  return new Map(
    [...kept].map(([key, answers]) => [
      key,
      answers.flatMap((answer) => (isDocumentAnswer(answer) ? [] : [preferredOf(answer)])),
    ]),
  );
}

/** Answers to whole documents that an adjudicator kept. */
export function keptPasses(
  kept: ReadonlyMap<string, readonly EitherAnswer[]>,
): ReadonlyMap<string, readonly DocumentAnswer[]> {
  return new Map(
    [...kept].map(([key, answers]) => [key, answers.filter((answer) => isDocumentAnswer(answer))]),
  );
}

/** The reference answers of phrases, of several readings the preferred one. */
export function referencesAmong(
  reference: ReadonlyMap<string, ReferenceAnswer<EitherUnit, EitherAnswer>>,
): ReadonlyMap<string, ReferenceAnswer<CoreferenceUnit, CoreferenceAnswer>> {
  return new Map(
    [...reference].flatMap(([key, { unit, answer }]) =>
      isDocumentUnit(unit) || isDocumentAnswer(answer)
        ? []
        : [[key, { unit, answer: preferredOf(answer) }] as const],
    ),
  );
}
