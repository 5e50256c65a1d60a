import { memberIdSchema, unitIdSchema } from '@casebook/contracts';
import { taskTypeServers } from '@casebook/task-types/server';
import { describe, expect, it } from 'vitest';
import { exceptionAmong, weighTask } from './weigh.ts';

const ids = (count: number) =>
  Array.from({ length: count }, (_, at) =>
    memberIdSchema.parse(`00000000-0000-7000-8000-${String(900 + at).padStart(12, '0')}`),
  );
/** Readings as supporters and probability, the most probable first. */
const among = (...readings: readonly (readonly [supporters: number, posterior: number])[]) =>
  exceptionAmong(readings.map(([supporters, posterior]) => ({ coders: ids(supporters), posterior })));

describe('a unit is an exception', () => {
  it('where the most probable reading has fewer supporters than another', () => {
    expect(among([1, 0.9], [2, 0.3])).toBe('overturned');
    expect(among([1, 0.2], [1, 0.1], [2, 0.05])).toBe('overturned');
  });

  it('where a minority is as likely right as not', () => {
    expect(among([3, 0.9], [1, 0.5])).toBe('persisting');
    expect(among([3, 0.9], [2, 0.1], [1, 0.05])).toBeNull();
    expect(among([3, 0.9], [1, 0.49])).toBeNull();
  });

  it('never where supporters are equally many, or there is one reading', () => {
    expect(among([1, 0.9], [1, 0.8])).toBeNull();
    expect(among([4, 0.9])).toBeNull();
    expect(among()).toBeNull();
  });
});

describe('the readings of a task', () => {
  it('are listed with exceptions first, then the least certain', () => {
    const type = taskTypeServers.get('coreference');
    if (type === undefined) throw new Error('there is no such type');
    const [ann, bea, cy] = ids(3);
    const posteriors: readonly (readonly (readonly [typeof ann, number])[])[] = [
      [[ann, 0.9]],
      [[ann, 0.4]],
      [[ann, 0.8]],
    ];
    const unitId = (at: number) =>
      unitIdSchema.parse(`00000000-0000-7000-8000-${String(at).padStart(12, '0')}`);
    const weighed = weighTask(
      {
        ...type,
        weigh: () => ({
          rounds: 1,
          settled: true,
          coders: [],
          units: posteriors.map((readings, at) => ({
            unitId: unitId(at),
            readings: readings
              .map(([coder, posterior]) => ({
                key: '',
                answer: at,
                coders: coder === undefined ? [] : [coder],
                posterior,
              }))
              .concat(
                at === 2 && bea !== undefined && cy !== undefined
                  ? [{ key: 'other', answer: 9, coders: [bea, cy], posterior: 0.1 }]
                  : [],
              ),
          })),
        }),
      },
      [],
    );
    expect(weighed?.listed.map((unit) => [unit.unitId, unit.exception])).toEqual([
      [unitId(2), 'overturned'],
      [unitId(1), null],
      [unitId(0), null],
    ]);
    expect(weighed).toMatchObject({ units: 3, overturned: 1, persisting: 0 });
  });

  it('are not weighed where the type has no model', () => {
    const type = taskTypeServers.get('similarity-rating');
    if (type === undefined) throw new Error('there is no such type');
    expect(weighTask(type, [])).toBeNull();
  });
});
