import type { UnitId } from '@casebook/contracts';
import type { TaskTypeServer, UnitReadings } from '@casebook/task-types/server';
import { weigh } from '../stages/outcome.ts';
import type { CountedAnswer, CountedValidation } from '../stages/outcome.ts';

/** A unit with what was decided or is known of it. */
export interface UnitToRead {
  readonly id: UnitId;
  readonly key: string;
  readonly content: unknown;
  /** What is taken for right of it, adjudicated or else gold; null where there is neither. */
  readonly reference: unknown;
  /** What an adjudicator decided for or kept, the heaviest first; null where no decision stands. */
  readonly kept: readonly unknown[] | null;
}

/**
 * Groups all that counts of the answers to one item into readings, by the one rule of who is right: antecedents are
 * resolved against what an adjudicator decided, else against gold, else against the most probable reading, by the votes
 * of annotators and validators (`weigh`). Outcomes, agreement and whatever is taken out read through here, so that
 * none of them contradicts another.
 *
 * @param units all units of the item.
 */
export function readingsOfItem(
  type: TaskTypeServer<unknown, unknown, unknown>,
  protocol: unknown,
  units: readonly UnitToRead[],
  answers: readonly CountedAnswer[],
  validations: readonly CountedValidation[],
): readonly UnitReadings<unknown>[] {
  const answersOf = Map.groupBy(answers, ({ unitId }) => unitId);
  const validationsOf = Map.groupBy(validations, ({ unitId }) => unitId);
  const reference = new Map(
    units.flatMap(({ key, content, reference: answer }) =>
      answer === null ? [] : [[key, { unit: content, answer }] as const],
    ),
  );
  const kept = new Map(units.flatMap((unit) => (unit.kept === null ? [] : [[unit.key, unit.kept] as const])));
  return type.readings(
    answers.map((answer) =>
      answer.stage === 'validation' ? { ...answer, informed: true as const } : answer,
    ),
    {
      ...{ reference, kept, protocol },
      mostProbable: (unitId, readings) =>
        weigh(readings, answersOf.get(unitId) ?? [], validationsOf.get(unitId) ?? [])[0]?.key,
    },
  );
}
