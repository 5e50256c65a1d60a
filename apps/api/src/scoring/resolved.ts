import type { HandIn, ResolvedUnit } from '@casebook/task-types/server';
import type { Outcome } from '../stages/outcome.ts';

/**
 * The units of a section whose fate is known: annotators were of one mind, or one reading is certain enough. Known
 * since the last of the section’s coders handed it in. What is disputed waits for the adjudicator.
 */
export function resolvedUnits(
  outcomes: readonly Pick<Outcome, 'unitId' | 'state' | 'readings'>[],
  handIns: readonly HandIn[],
): ResolvedUnit[] {
  const at = Math.max(0, ...handIns.map((handIn) => handIn.at));
  return outcomes
    .filter(({ state }) => state === 'agreed' || state === 'settled')
    .map(({ unitId, readings }) => ({
      unitId,
      at,
      readings: readings.map((reading, place) => ({ ...reading, upheld: place === 0 })),
    }));
}
