import type {
  CodedUnit,
  Reading,
  TaskTypeServer,
  UnitExport,
  UnitReadings,
} from '@casebook/task-types/server';
import type { JudgedItem } from './repository.ts';

/**
 * Groups what counts of the judgements into readings, item by item, as a task type's formats are written from. Where
 * an adjudicator's decision stands it stands alone: the readings that it comes to, or its own answer where nobody read
 * it so. Nothing that is written contradicts him.
 */
export async function* readingsOfItems(
  items: AsyncIterable<JudgedItem>,
  type: TaskTypeServer<unknown, unknown, unknown>,
  protocol: unknown,
): AsyncGenerator<UnitExport<unknown, unknown>> {
  for await (const { item, units } of items) {
    const codings: CodedUnit<unknown, unknown>[] = units.flatMap(({ id, key, content, codings: ofUnit }) =>
      ofUnit.map(({ coder, answer }) => ({ unitId: id, itemId: item.id, key, unit: content, coder, answer })),
    );
    const reference = new Map(
      units
        .filter((unit) => unit.reference !== null)
        .map((unit) => [unit.key, { unit: unit.content, answer: unit.reference }]),
    );
    const kept = new Map(
      units.flatMap((unit) => (unit.kept === null ? [] : [[unit.key, unit.kept] as const])),
    );
    const grouped = new Map(
      type.readings(codings, { reference, kept, protocol }).map((unit) => [unit.unitId, unit]),
    );
    yield {
      item,
      units: units.map((unit) => ({
        unitId: unit.id,
        key: unit.key,
        unit: unit.content,
        readings: upheld(unit.kept, grouped.get(unit.id)),
      })),
    };
  }
}

function upheld(
  kept: readonly unknown[] | null,
  grouped: UnitReadings<unknown> | undefined,
): readonly Reading<unknown>[] {
  const readings = grouped?.readings ?? [];
  if (kept === null) return readings;
  const chosen = readings.filter(({ key }) => grouped?.kept?.includes(key) === true);
  return chosen.length > 0
    ? chosen
    : kept.map((answer) => ({ key: JSON.stringify(['adjudicated', answer]), answer, coders: [] }));
}
