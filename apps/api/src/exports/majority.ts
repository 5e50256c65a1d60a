import type { TaskTypeServer, UnitExport } from '@casebook/task-types/server';
import { publishedReadings } from '../readings/published.ts';
import type { JudgedItem } from './repository.ts';

/**
 * Groups what counts of the judgements into readings, item by item, as a task type's formats are written from. Where
 * an adjudicator's decision stands it stands alone. Nothing that is written contradicts him, nor what a conference
 * settled.
 */
export async function* readingsOfItems(
  items: AsyncIterable<JudgedItem>,
  type: TaskTypeServer<unknown, unknown, unknown>,
  protocol: unknown,
): AsyncGenerator<UnitExport<unknown, unknown>> {
  for await (const { item, units, answers, validations } of items) {
    yield {
      item,
      units: publishedReadings(type, protocol, units, answers, validations).map(
        ({ unit, readings, decided }) => ({
          ...{ unitId: unit.id, key: unit.key, unit: unit.content },
          ...{ readings, decided },
          ...(unit.kept === null ? {} : { kept: unit.kept }),
        }),
      ),
    };
  }
}
