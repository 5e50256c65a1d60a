import type { MemberId } from '@casebook/contracts';
import type { CodedUnit, Reading, UnitReadings } from './task-type-server.ts';

/** How the answers of a type without pointers are told apart. */
export interface Sameness<Answer> {
  /** Equal for answers that say the same. */
  readonly keyOf: (answer: Answer) => string;
  /** How far two answers are apart, from 0 to 1. */
  readonly distance: (one: Answer, other: Answer) => number;
}

interface Mutable<Answer> extends Reading<Answer> {
  readonly coders: MemberId[];
}

/** Groups answers that say the same, unit by unit; for types whose units do not know of each other. */
export function readingsByAnswer<Unit, Answer>(
  codings: readonly CodedUnit<Unit, Answer>[],
  { keyOf, distance }: Sameness<Answer>,
): readonly UnitReadings<Answer>[] {
  const units = new Map<CodedUnit<Unit, Answer>['unitId'], Map<string, Mutable<Answer>>>();
  for (const { unitId, coder, answer } of codings) {
    const readings = units.get(unitId) ?? new Map<string, Mutable<Answer>>();
    units.set(unitId, readings);
    const key = keyOf(answer);
    const known = readings.get(key);
    if (known === undefined) readings.set(key, { key, answer, coders: [coder] });
    else known.coders.push(coder);
  }
  return Array.from(units, ([unitId, found]) => {
    // Summed in the order of readings, so that rounding is the same for every order of coders.
    const readings = inOrder([...found.values()]);
    return { unitId, readings, disagreement: meanDistance(readings, distance) };
  });
}

function inOrder<Answer>(readings: Mutable<Answer>[]): Mutable<Answer>[] {
  for (const { coders } of readings) coders.sort();
  return readings.sort(
    (one, other) => other.coders.length - one.coders.length || (one.key < other.key ? -1 : 1),
  );
}

function meanDistance<Answer>(
  readings: readonly Mutable<Answer>[],
  distance: Sameness<Answer>['distance'],
): number | null {
  const coders = readings.reduce((sum, reading) => sum + reading.coders.length, 0);
  if (coders < 2) return null;
  let distances = 0;
  for (const [index, one] of readings.entries()) {
    for (const other of readings.slice(index + 1)) {
      distances += one.coders.length * other.coders.length * distance(one.answer, other.answer);
    }
  }
  return distances / ((coders * (coders - 1)) / 2);
}
