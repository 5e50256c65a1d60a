import type { Act, Confidence, Lease, SubmissionId, UnitId } from '@casebook/contracts';

export interface WorkUnit<Unit> {
  readonly id: UnitId;
  readonly key: string;
  readonly itemId: string;
  readonly content: Unit;
}

/** What this coder last did with a unit. */
export interface OwnJudgement<Answer> {
  readonly submissionId: SubmissionId;
  readonly act: { readonly kind: 'answer'; readonly answer: Answer } | Exclude<Act, { kind: 'answer' }>;
  /** Null with a skip, and where it was not asked for. */
  readonly confidence: Confidence | null;
  readonly comment: string | null;
  readonly commentKind: string | null;
}

/**
 * What is taken of a coder just now: `everything`; `answers` alone, where what is said stands and there is no skip,
 * comment, doubt, undo or leaving for later, as in training; `nothing`, while an answer is talked over.
 */
export type Takes = 'everything' | 'answers' | 'nothing';

/**
 * A leased section while it is worked on, as an editor sees it. The web app keeps one reactive instance a page;
 * whatever is read from it inside a template or an effect is followed.
 *
 * Answers show at once; sending and retrying them happens behind this interface.
 */
export interface SectionWork<Unit, Answer, Protocol> {
  /** The items that the units stand in, without gold. */
  readonly lease: Pick<Lease, 'items'>;
  readonly protocol: Protocol;
  readonly takes: Takes;
  /** The units of this section, in the order to be judged. */
  readonly units: readonly WorkUnit<Unit>[];
  /** Units of earlier sections of the same items that this coder has judged. */
  readonly earlierUnits: readonly WorkUnit<Unit>[];
  /** The unit in question, those left for later last; null when every unit is answered or skipped. */
  readonly current: WorkUnit<Unit> | null;
  /** This coder's answer, skip or nothing; withdrawn judgements are nothing. Covers `earlierUnits` too. */
  judgementOf(unitId: UnitId): OwnJudgement<Answer> | null;
  /** Judges the current unit and goes on to the next open one. Judging an answered unit again supersedes. */
  answer(answer: Answer): void;
  skip(reason: string): void;
  /** Comment that goes with the next answer or skip of the current unit; empty string for none. */
  comment: string;
  /** What that comment is about, by a code of the contract; null for nothing in particular. */
  commentKind: string | null;
  /** Whether the next answer to the current unit is marked as unsure. */
  unsure: boolean;
  /** Marks the latest answer of this sitting as unsure, or takes that mark away; the current unit stays. */
  reconsider(): { readonly unit: WorkUnit<Unit>; readonly confidence: Confidence } | null;
  /** Leaves the current unit open and goes on; it comes again when nothing else is open. */
  postpone(): void;
  /** Open units that were left for later, in order. */
  readonly postponed: readonly WorkUnit<Unit>[];
  /** Takes back the latest judgement of this sitting and makes its unit the current one. Null: nothing to undo. */
  undo(): WorkUnit<Unit> | null;
  /** What undo would take back. */
  readonly undoable: { readonly unit: WorkUnit<Unit>; readonly judgement: OwnJudgement<Answer> } | null;
  /** Makes a unit of this section the current one, open or not. */
  goTo(unitId: UnitId): void;
  /** Says something to a screen reader, politely. */
  announce(message: string): void;
}
