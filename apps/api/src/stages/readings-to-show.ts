import { createHash } from 'node:crypto';
import type { UnitId } from '@casebook/contracts';
import { uuidv7 } from 'uuidv7';
import type { Outcome } from './outcome.ts';
import type { ReadingToShow } from './repository.ts';

/**
 * The readings of some units as validators are shown them: in the order of `inReadingOrder`, those of one unit in an
 * order that says nothing of their support. Positions begin at `from`.
 */
export function readingsToShow(
  outcomes: readonly Pick<Outcome, 'unitId' | 'readings'>[],
  inReadingOrder: readonly UnitId[],
  from = 0,
): ReadingToShow[] {
  const placeOf = new Map<UnitId, number>(inReadingOrder.map((id, place) => [id, place]));
  const scrambled = (judgementId: string): string => createHash('sha256').update(judgementId).digest('hex');
  return [...outcomes]
    .sort((one, other) => (placeOf.get(one.unitId) ?? 0) - (placeOf.get(other.unitId) ?? 0))
    .flatMap(({ unitId, readings }) =>
      readings
        .map(({ judgementId }) => ({ unitId, judgementId, order: scrambled(judgementId) }))
        .sort((one, other) => (one.order < other.order ? -1 : 1)),
    )
    .map(({ unitId, judgementId }, place) => ({ id: uuidv7(), unitId, judgementId, position: from + place }));
}
