import type { SectionWork, WorkUnit } from '../section-work.ts';

type Doubting<Unit> = Pick<SectionWork<Unit, unknown, unknown>, 'unsure' | 'reconsider' | 'announce'>;

/** Marks the answer to come as unsure, or takes the mark away. An answer that is not marked is a sure one. */
export function toggleDoubt<Unit>(work: Doubting<Unit>): void {
  work.unsure = !work.unsure;
  work.announce(work.unsure ? 'Your answer will be marked as unsure.' : 'Not marked as unsure.');
}

/** Marks the answer before this question as unsure, or takes the mark away; the question stays. */
export function reconsiderLast<Unit>(work: Doubting<Unit>, inWords: (unit: WorkUnit<Unit>) => string): void {
  const reconsidered = work.reconsider();
  if (reconsidered === null) work.announce('There is no answer before this one to be unsure of.');
  else work.announce(`${inWords(reconsidered.unit)}: marked as ${reconsidered.confidence}.`);
}
