import type { HandIn, ResolvedUnit } from '@casebook/task-types/server';
import type { Outcome } from '../stages/outcome.ts';
import type { Decision } from './decision-repository.ts';

/** What has become of a unit by votes, and by an adjudicator where his decision stands. */
export interface OutcomeToScore extends Outcome {
  readonly decision: Decision | null;
}

/**
 * The units of a section whose fate is known: an adjudicator decided them; or else annotators were of one mind, or one
 * reading is certain enough. A decision makes what it chose or kept certain, and all else certainly wrong, whatever
 * the votes said. Known since the last of the section’s coders handed it in, a decision since it was made. What is
 * disputed waits for the adjudicator.
 */
export function resolvedUnits(
  outcomes: readonly OutcomeToScore[],
  handIns: readonly HandIn[],
): ResolvedUnit[] {
  const at = Math.max(0, ...handIns.map((handIn) => handIn.at));
  return outcomes.flatMap(({ unitId, state, readings, decision }): ResolvedUnit[] => {
    if (decision !== null) {
      const { kept } = decision;
      return [
        {
          unitId,
          at: Math.max(at, decision.at),
          readings: readings.map((reading) => {
            const upheld = kept.includes(reading.key);
            return { ...reading, upheld, probability: upheld ? 1 : 0 };
          }),
        },
      ];
    }
    if (state !== 'agreed' && state !== 'settled') return [];
    return [
      { unitId, at, readings: readings.map((reading, place) => ({ ...reading, upheld: place === 0 })) },
    ];
  });
}
