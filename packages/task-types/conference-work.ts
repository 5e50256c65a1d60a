import type { ShownReadingId, UnitId, ValidationLease, Verdict } from '@casebook/contracts';
import type { WorkUnit } from './section-work.ts';

/** One reading of one unit, put before a validator who did not give it. */
export interface PutReading<Unit, Answer> {
  readonly id: ShownReadingId;
  readonly unit: WorkUnit<Unit>;
  readonly answer: Answer;
}

/** What this validator last said of a reading. */
export interface OwnVerdict {
  readonly verdict: Verdict;
  readonly comment: string | null;
}

/**
 * A section under validation, as a task type's validator sees it. The web app keeps one reactive instance a page;
 * whatever is read from it inside a template or an effect is followed.
 *
 * Verdicts show at once; sending and retrying them happens behind this interface.
 */
export interface ConferenceWork<Unit, Answer, Protocol> {
  /** The items that the readings stand in, without gold. */
  readonly items: ValidationLease['items'];
  readonly protocol: Protocol;
  /** All units of these items in reading order, for answers that point at them. */
  readonly units: readonly WorkUnit<Unit>[];
  /** In the order in which they are put; the readings of a unit stand together. */
  readonly readings: readonly PutReading<Unit, Answer>[];
  /** The reading in question; null when every reading has a verdict. */
  readonly current: PutReading<Unit, Answer> | null;
  verdictOn(id: ShownReadingId): OwnVerdict | null;
  /** What this validator answered instead of another reading of the unit; null where nothing. */
  ownAnswer(unitId: UnitId): Answer | null;
  /** Comment that goes with the verdict on the reading in question; empty string for none. */
  comment: string;
  /** Each of these is a verdict on the reading in question, supersedes an earlier one, and goes on. */
  agree(): void;
  disagree(instead: Answer): void;
  cannotTell(): void;
  /** The reading that got the latest verdict of this sitting; null where none did. */
  readonly previous: PutReading<Unit, Answer> | null;
  /** Puts a reading anew, whether or not it has a verdict. */
  goTo(id: ShownReadingId): void;
  /** Leaves the reading in question as it is and goes on to one without a verdict. */
  goOn(): void;
  /** Says something to a screen reader, politely. */
  announce(message: string): void;
}
