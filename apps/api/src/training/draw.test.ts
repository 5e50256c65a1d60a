import { unitIdSchema, type UnitId } from '@casebook/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawTraining, type Candidate } from './draw.ts';

const idOf = (n: number): UnitId =>
  unitIdSchema.parse(`01900000-0000-7000-8000-${String(n).padStart(12, '0')}`);

/** Units one after another, by the kinds of their gold; a bar ends an item. */
function units(kinds: string): Candidate[] {
  return kinds
    .split('|')
    .flatMap((item, index) => Array.from(item, (kind) => ({ kind, itemId: `item ${String(index)}` })))
    .map((unit, n) => ({ ...unit, id: idOf(n) }));
}

const placesOf = (candidates: readonly Candidate[], drawn: readonly UnitId[]) =>
  drawn.map((id) => candidates.findIndex((candidate) => candidate.id === id));
const nothing: ReadonlySet<UnitId> = new Set<UnitId>();
const run = { manner: 'run', asked: nothing, seed: 1 } as const;

const pools = fc
  .array(fc.string({ unit: fc.constantFrom('n', 'o', 'p'), minLength: 1, maxLength: 30 }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((items) => units(items.join('|')));
const draws = fc.record({
  length: fc.integer({ min: 1, max: 20 }),
  seed: fc.nat(),
  manner: fc.constantFrom('run' as const, 'any' as const),
});

describe('what training asks', () => {
  it('is so many units in reading order, or all there are; the same by the same seed', () => {
    fc.assert(
      fc.property(pools, draws, (pool, draw) => {
        const drawn = drawTraining(pool, { ...draw, asked: nothing });
        const places = placesOf(pool, drawn);
        expect(places).toEqual([...new Set(places)].sort((one, other) => one - other));
        expect(places).toHaveLength(Math.min(draw.length, pool.length));
        expect(places).not.toContain(-1);
        expect(drawTraining(pool, { ...draw, asked: nothing })).toEqual(drawn);
      }),
    );
  });

  it('is one stretch of a text where a text has enough', () => {
    fc.assert(
      fc.property(pools, fc.integer({ min: 1, max: 10 }), fc.nat(), (pool, length, seed) => {
        const items = [...Map.groupBy(pool, ({ itemId }) => itemId).values()];
        fc.pre(items.some((item) => item.length >= length));
        const places = placesOf(pool, drawTraining(pool, { ...run, length, seed }));
        expect(places.at(-1)).toBe((places[0] ?? 0) + length - 1);
        expect(new Set(places.map((place) => pool[place]?.itemId)).size).toBe(1);
      }),
    );
  });

  it('takes a stretch of every text it needs where none has enough', () => {
    const pool = units('nno|no|nnoo');
    expect(placesOf(pool, drawTraining(pool, { ...run, length: 6 }))).toHaveLength(6);
    expect(drawTraining(pool, { ...run, length: 9 })).toEqual(pool.map(({ id }) => id));
  });

  it('differs from what was asked before where there is enough else, and repeats what it must', () => {
    const pool = units('nonononononononononononono');
    const first = drawTraining(pool, { ...run, length: 8 });
    const second = drawTraining(pool, { ...run, length: 8, asked: new Set(first), seed: 2 });
    const repeated = second.filter((id) => first.includes(id));
    expect(repeated).toEqual([]);
    fc.assert(
      fc.property(pools, draws, fc.nat(), (all, draw, before) => {
        const asked = new Set(drawTraining(all, { ...draw, manner: 'any', seed: before, asked: nothing }));
        const again = drawTraining(all, { ...draw, manner: 'any', asked });
        const fresh = again.filter((id) => !asked.has(id)).length;
        expect(fresh).toBe(Math.min(draw.length, all.length - asked.size));
      }),
    );
  });

  it('is spread over the kinds of answers', () => {
    const pool = units('nnnnnnnnnnnnonopnonnnnnnnnnn');
    for (const seed of [1, 2, 3, 4, 5]) {
      const ofRun = placesOf(pool, drawTraining(pool, { ...run, length: 6, seed }));
      expect(new Set(ofRun.map((place) => pool[place]?.kind)).size).toBeGreaterThan(1);
      const anywhere = drawTraining(pool, { ...run, manner: 'any', length: 6, seed });
      const kinds = placesOf(pool, anywhere).map((place) => pool[place]?.kind);
      expect(kinds.filter((kind) => kind === 'o')).toHaveLength(2);
      expect(kinds.filter((kind) => kind === 'p')).toHaveLength(1);
    }
  });

  it('is not always the same', () => {
    const pool = units('nonononononononononononono');
    const starts = [1, 2, 3, 4, 5, 6].map((seed) => drawTraining(pool, { ...run, length: 8, seed })[0]);
    expect(new Set(starts).size).toBeGreaterThan(1);
  });
});
