import { expect, it } from 'vitest';
import { withPlaces } from './places.ts';

it('equal points share a place, and the next one is as far behind as there are ahead of it', () => {
  const rows = [10, 40, 30, 30].map((points) => ({ points }));
  expect(withPlaces(rows).map(({ place, points }) => [place, points])).toEqual([
    [1, 40],
    [2, 30],
    [2, 30],
    [4, 10],
  ]);
});
