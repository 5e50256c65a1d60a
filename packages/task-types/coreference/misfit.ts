import type { ItemContent } from '@casebook/contracts';
import type {
  CoreferenceAnswer,
  CoreferenceProtocol,
  DocumentAnswer,
  EitherAnswer,
  EitherUnit,
} from './contract.ts';
import { faultOfCorrection } from './corrected-span/fault.ts';
import { MOST_ENTRIES } from './document-editor/contract.ts';
import { historyOfPass, isDocumentAnswer, isDocumentUnit } from './document-unit.ts';
import { correctionOf } from './kinds.ts';
import { saysTheSame } from './same-answer.ts';
import { pointedAt } from './words.ts';

/**
 * The most bytes that a log may have as JSON. It is sent whole with every save. A long day over 2,000 mentions, with
 * five steps for each, makes 0.6 MB.
 */
const MOST_BYTES = 8_000_000;

/** An answer fits a protocol of its kind, unless it names one phrase or gives one reading twice, or its log is too long to be kept. */
export function misfitOfAnswer(
  answer: EitherAnswer,
  { pass, corrections }: CoreferenceProtocol,
): string | null {
  if (!isDocumentAnswer(answer)) {
    if (pass.kind === 'document') return 'this task wants whole documents, not answers to phrases';
    if (answer.span !== undefined && corrections === 'none')
      return 'in this task the borders of phrases are not corrected';
    const readings = answer.kind === 'ambiguous' ? answer.readings : [answer];
    if (readings.some(pointsTwice)) return 'the same phrase is pointed at twice';
    return readings.some((reading, at) => readings.slice(0, at).some((other) => saysTheSame(reading, other)))
      ? 'the same reading is given twice'
      : null;
  }
  if (pass.kind === 'steps') return 'this task wants answers to phrases, not whole documents';
  return isTooLong(answer)
    ? `the log of this document is longer than ${MOST_BYTES.toLocaleString('en')} bytes, which is the most that can be kept in one piece`
    : null;
}

function pointsTwice(answer: CoreferenceAnswer): boolean {
  const keys = pointedAt(answer);
  return new Set(keys).size < keys.length;
}

/** Whether a log is longer than can be kept, in entries or in bytes. */
export function isTooLong({ entries }: DocumentAnswer): boolean {
  return (
    entries.length > MOST_ENTRIES || new TextEncoder().encode(JSON.stringify(entries)).length > MOST_BYTES
  );
}

/** A pass must be replayable over its own unit; answers to phrases need no such look. */
export const misfitOnUnit = {
  isNeeded: isDocumentAnswer,
  of(answer: EitherAnswer, unit: EitherUnit): string | null {
    if (!isDocumentAnswer(answer)) return null;
    if (!isDocumentUnit(unit)) return 'its unit is a phrase, not a document';
    if (JSON.stringify(answer.start) !== JSON.stringify(unit.start))
      return 'it begins from something else than its document does';
    const outcome = historyOfPass(unit, answer);
    if (outcome.ok) return null;
    return `entry ${(outcome.at ?? 0) + 1} of its log cannot be done: ${outcome.refusal.message.replace(/\.$/u, '')}`;
  },
};

/** Corrected borders must lie in the text that the phrase stands in. */
export const misfitInItem = {
  isNeeded: (answer: EitherAnswer): boolean => correctionOf(answer) !== null,
  of(
    answer: EitherAnswer,
    unit: EitherUnit,
    content: ItemContent,
    { corrections }: CoreferenceProtocol,
  ): string | null {
    const span = correctionOf(answer);
    if (span === null) return null;
    return isDocumentUnit(unit)
      ? 'its unit is a document, not a phrase'
      : faultOfCorrection(span, unit, content, corrections);
  },
};
