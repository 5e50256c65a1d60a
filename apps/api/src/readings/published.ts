import type { UnitId } from '@casebook/contracts';
import type { Reading, TaskTypeServer, UnitReadings } from '@casebook/task-types/server';
import { weigh } from '../stages/outcome.ts';
import type { CountedAnswer, CountedValidation } from '../stages/outcome.ts';
import { readingsOfItem } from './readings-of-item.ts';
import type { UnitToRead } from './readings-of-item.ts';

/** The readings of a unit as files publish them. */
export interface PublishedUnit {
  readonly unit: UnitToRead;
  /** The most probable first; where an adjudicator decided, what he kept and nothing else, the heaviest first. */
  readonly readings: readonly Reading<unknown>[];
  readonly decided: boolean;
}

/**
 * What is published of the units of one item: what an adjudicator decided, else the most probable reading. Gold is no
 * vote and is not published: whoever scores a file against gold would find it perfect. It is gold, though, that
 * antecedents are resolved against; so a reading that is found by it is said once more by the phrases that are published.
 */
export function publishedReadings(
  type: TaskTypeServer<unknown, unknown, unknown>,
  protocol: unknown,
  units: readonly UnitToRead[],
  answers: readonly CountedAnswer[],
  validations: readonly CountedValidation[],
): PublishedUnit[] {
  const answersOf = Map.groupBy(answers, ({ unitId }) => unitId);
  const validationsOf = Map.groupBy(validations, ({ unitId }) => unitId);
  const ordered = ({ unitId, readings }: UnitReadings<unknown>): readonly Reading<unknown>[] => {
    if (type.disputes === undefined) return readings;
    const placeOf = new Map(
      weigh(readings, answersOf.get(unitId) ?? [], validationsOf.get(unitId) ?? []).map(({ key }, place) => [
        key,
        place,
      ]),
    );
    return [...readings].sort((one, other) => (placeOf.get(one.key) ?? 0) - (placeOf.get(other.key) ?? 0));
  };
  const found = readingsOfItem(type, protocol, units, answers, validations).map((unit) => ({
    ...unit,
    readings: ordered(unit),
  }));
  const byGold = units.some(({ kept, reference }) => kept === null && reference !== null);
  const said =
    byGold && type.disputes !== undefined ? withoutGold(type, protocol, units, answers, found) : found;
  const readingsOf = new Map(said.map((unit) => [unit.unitId, unit]));
  return units.map((unit) => ({
    unit,
    readings:
      unit.kept === null
        ? (readingsOf.get(unit.id)?.readings ?? [])
        : keptReadings(unit.kept, readingsOf.get(unit.id)),
    decided: unit.kept !== null,
  }));
}

/** The same choice among readings, resolved against what is published instead of gold. */
function withoutGold(
  type: TaskTypeServer<unknown, unknown, unknown>,
  protocol: unknown,
  units: readonly UnitToRead[],
  answers: readonly CountedAnswer[],
  found: readonly UnitReadings<unknown>[],
): UnitReadings<unknown>[] {
  const chosenBy = new Map(
    found.map(({ unitId, readings: [first] }) => [unitId, new Set<string>(first?.coders)] as const),
  );
  /** The reading of most of those who gave the one that was chosen. */
  const chosenAmong = (
    unitId: UnitId,
    readings: readonly Reading<unknown>[],
  ): Reading<unknown> | undefined => {
    const shared = ({ coders }: Reading<unknown>): number =>
      coders.filter((coder) => chosenBy.get(unitId)?.has(coder) === true).length;
    const [first, ...others] = readings;
    return others.reduce(
      (best, reading) => (best === undefined || shared(reading) > shared(best) ? reading : best),
      first,
    );
  };
  return type
    .readings(answers, {
      protocol,
      reference: new Map(
        units.flatMap(({ key, content, kept, reference }) =>
          kept === null ? [] : [[key, { unit: content, answer: reference }] as const],
        ),
      ),
      kept: new Map(units.flatMap(({ key, kept }) => (kept === null ? [] : [[key, kept] as const]))),
      mostProbable: (unitId, readings) => chosenAmong(unitId, readings)?.key,
    })
    .map((unit) => {
      const chosen = chosenAmong(unit.unitId, unit.readings);
      const others = unit.readings.filter((reading) => reading !== chosen);
      return { ...unit, readings: chosen === undefined ? others : [chosen, ...others] };
    });
}

/** The readings that kept answers come to, in their order; of what nobody had said one without coders. */
function keptReadings(
  kept: readonly unknown[],
  found: UnitReadings<unknown> | undefined,
): readonly Reading<unknown>[] {
  const readings = new Map<string, Reading<unknown>>();
  for (const [place, answer] of kept.entries()) {
    const key = found?.kept?.[place];
    const reading = found?.readings.find((each) => each.key === key) ?? {
      key: JSON.stringify(['adjudicated', answer]),
      answer,
      coders: [],
    };
    if (!readings.has(reading.key)) readings.set(reading.key, reading);
  }
  return [...readings.values()];
}
