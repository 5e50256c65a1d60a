import type { CodedUnit, TaskTypeServer, UnitExport } from '@casebook/task-types/server';
import type { JudgedItem } from './repository.ts';

/** Groups what counts of the judgements into readings, item by item, as a task type's formats are written from. */
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
    const readings = new Map(
      type.readings(codings, { reference, protocol }).map((unit) => [unit.unitId, unit.readings]),
    );
    yield {
      item,
      units: units.map(({ id, key, content }) => ({
        unitId: id,
        key,
        unit: content,
        readings: readings.get(id) ?? [],
      })),
    };
  }
}
