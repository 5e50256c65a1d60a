import { memberIdSchema } from '@casebook/contracts';
import type { MemberId, UnitId } from '@casebook/contracts';
import type { CodedUnit, ReferenceAnswer, TaskTypeServer } from '@casebook/task-types/server';

type Type = TaskTypeServer<unknown, unknown, unknown>;
type Coding = CodedUnit<unknown, unknown>;

export interface GoldUnit {
  readonly id: UnitId;
  readonly itemId: Coding['itemId'];
  readonly key: string;
  readonly content: unknown;
  readonly gold: unknown;
}

/** Stands beside the coders and answers what gold says; no member ever has this id. */
const ORACLE: MemberId = memberIdSchema.parse('00000000-0000-7000-8000-000000000000');

/**
 * Which of the answers to the units of one item are right: those that are the same reading as gold's, by the task
 * type's own rule. Antecedents are resolved against the entities of gold, so that whoever names the right entity by
 * another of its mentions is right.
 *
 * @param units all units of the item, those without gold among them (`gold` null).
 * @returns for each coder the units answered that have gold, and whether rightly.
 */
export function grade(
  type: Type,
  protocol: unknown,
  units: readonly GoldUnit[],
  codings: readonly Coding[],
): ReadonlyMap<MemberId, ReadonlyMap<UnitId, boolean>> {
  const withGold = units.filter(({ gold }) => gold !== null);
  const reference = new Map<string, ReferenceAnswer<unknown, unknown>>(
    withGold.map(({ key, content, gold }) => [key, { unit: content, answer: gold }]),
  );
  const oracle = withGold.map(({ id, itemId, key, content, gold }) => ({
    ...{ unitId: id, itemId, key, unit: content, coder: ORACLE, answer: gold },
  }));
  const grades = new Map<MemberId, Map<UnitId, boolean>>();
  for (const { unitId, readings } of type.readings([...codings, ...oracle], { reference, protocol })) {
    if (!readings.some(({ coders }) => coders.includes(ORACLE))) continue;
    for (const { coders } of readings) {
      for (const coder of coders) {
        if (coder === ORACLE) continue;
        const graded = grades.get(coder) ?? new Map<UnitId, boolean>();
        graded.set(unitId, coders.includes(ORACLE));
        grades.set(coder, graded);
      }
    }
  }
  return grades;
}
