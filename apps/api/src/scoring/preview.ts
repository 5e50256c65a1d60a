import type { ScoringRules, scoringPreviewSchema } from '@casebook/contracts';
import { pointsOf } from '@casebook/task-types/server';
import type { z } from 'zod';
import { rankOf } from './merits.ts';
import { withPlaces } from './places.ts';
import type { EarnedReason } from './repository.ts';

type Rows = z.output<typeof scoringPreviewSchema>['rows'];

/**
 * What everybody has, and what he would have if all that he earned had been earned by other rules: an award keeps all
 * that rules weigh. In the order of what would be.
 */
export function previewOf(
  reasons: readonly EarnedReason[],
  inForce: ScoringRules,
  rules: ScoringRules,
): Rows {
  const sums = [...Map.groupBy(reasons, ({ memberId }) => memberId).values()].map((of) => ({
    name: of[0]?.name ?? '',
    now: of.reduce((sum, { points }) => sum + points, 0),
    then: of.reduce((sum, { reason, stage, times }) => sum + times * pointsOf(reason, stage, rules), 0),
  }));
  const placesNow = withPlaces(sums.map((sum) => ({ sum, points: sum.now })));
  const placeNow = new Map(placesNow.map(({ sum, place }) => [sum, place]));
  return withPlaces(sums.map((sum) => ({ sum, points: sum.then }))).map(({ sum, place }) => ({
    name: sum.name,
    now: { points: sum.now, place: placeNow.get(sum) ?? 1, rank: rankOf(sum.now, inForce).rank },
    then: { points: sum.then, place, rank: rankOf(sum.then, rules).rank },
  }));
}
