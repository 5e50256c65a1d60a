import type { MemberId } from '@casebook/contracts';
import type { CodedUnit, Reading, ReadingsContext, UnitReadings } from '../task-type-server.ts';
import { similarityRatingContract } from './contract.ts';
import type { SimilarityRatingAnswer, SimilarityRatingProtocol, SimilarityRatingUnit } from './contract.ts';

type Coding = CodedUnit<SimilarityRatingUnit, SimilarityRatingAnswer>;

/**
 * Two ratings are the same reading where they are the same number. Two ratings are as far apart as their difference
 * is of the length of the scale; to know a word and not to know it are a whole scale apart.
 */
export function similarityReadings(
  codings: readonly Coding[],
  { protocol }: ReadingsContext<SimilarityRatingUnit, SimilarityRatingAnswer, SimilarityRatingProtocol> = {},
): readonly UnitReadings<SimilarityRatingAnswer>[] {
  const { low, high } = (protocol ?? similarityRatingContract.exampleProtocol).scale;
  const units = new Map<Coding['unitId'], Map<string, Mutable>>();
  for (const { unitId, coder, answer } of codings) {
    const readings = units.get(unitId) ?? new Map<string, Mutable>();
    units.set(unitId, readings);
    const key = keyOf(answer);
    const known = readings.get(key);
    if (known === undefined) readings.set(key, { key, answer, coders: [coder] });
    else known.coders.push(coder);
  }
  return Array.from(units, ([unitId, found]) => {
    // Summed in the order of readings, so that rounding is the same for every order of coders.
    const readings = inOrder([...found.values()]);
    return { unitId, readings, disagreement: meanDistance(readings, high - low) };
  });
}

interface Mutable extends Reading<SimilarityRatingAnswer> {
  readonly coders: MemberId[];
}

function keyOf(answer: SimilarityRatingAnswer): string {
  return answer.kind === 'rating' ? `rating ${answer.value}` : answer.kind;
}

function inOrder(readings: Mutable[]): Mutable[] {
  for (const { coders } of readings) coders.sort();
  return readings.sort(
    (one, other) => other.coders.length - one.coders.length || (one.key < other.key ? -1 : 1),
  );
}

function meanDistance(readings: readonly Mutable[], length: number): number | null {
  const coders = readings.reduce((sum, reading) => sum + reading.coders.length, 0);
  if (coders < 2) return null;
  let distances = 0;
  for (const [index, one] of readings.entries()) {
    for (const other of readings.slice(index + 1)) {
      distances += one.coders.length * other.coders.length * distance(one.answer, other.answer, length);
    }
  }
  return distances / ((coders * (coders - 1)) / 2);
}

function distance(one: SimilarityRatingAnswer, other: SimilarityRatingAnswer, length: number): number {
  if (one.kind !== 'rating' || other.kind !== 'rating') return one.kind === other.kind ? 0 : 1;
  return Math.min(1, Math.abs(one.value - other.value) / length);
}
