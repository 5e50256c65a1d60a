import type { ConferenceRule } from '@casebook/task-types/server';
import type { Outcome } from './outcome.ts';

/** A section whose annotators, or validators, are done. */
export interface SectionAtRest {
  readonly stage: 'annotation' | 'validation';
  /** Whether anybody may still be given work: the task is neither closed nor archived. */
  readonly open: boolean;
  readonly validatorsFinished: number;
  /** Coders who may validate it and have not: they have annotated nothing in it. */
  readonly eligible: number;
  /** Whether an adjudicator sent it back for more judgements. */
  readonly sentBack: boolean;
}

export type Step =
  | { readonly to: 'closed' | 'adjudication' }
  /** So many more validators are wanted, for the units that are disputed. */
  | { readonly to: 'validation'; readonly validators: number };

/**
 * Where a section goes. What annotators differ on is validated by as many as the rule wants; then by one more at a
 * time while units stay disputed, up to the cap. Where too few are left who have not annotated it, or no rule asks
 * for validation, an adjudicator decides. What he sent back comes back to him.
 */
export function nextStage(
  section: SectionAtRest,
  outcomes: readonly Pick<Outcome, 'state'>[],
  rule: ConferenceRule | null,
): Step {
  if (!outcomes.some(({ state }) => state === 'disputed')) return { to: 'closed' };
  if (rule === null || !section.open || section.sentBack) return { to: 'adjudication' };
  const validators = section.stage === 'annotation' ? rule.validations : 1;
  const fit = section.eligible >= validators && section.validatorsFinished + validators <= rule.cap;
  return fit ? { to: 'validation', validators } : { to: 'adjudication' };
}
