import { PERSISTING_POSTERIOR } from '@casebook/contracts';
import type { WeighingException } from '@casebook/contracts';
import type { CodedUnit, TaskTypeServer, WeighedReading, Weighing } from '@casebook/task-types/server';

/** Units that are kept with their readings; how many there are in all is counted beside. */
const MOST_LISTED = 5_000;

export interface WeighedTask extends Pick<Weighing<unknown>, 'coders' | 'rounds' | 'settled'> {
  readonly units: number;
  readonly overturned: number;
  readonly persisting: number;
  /** Exceptions first, overturned before persisting; within each the least certain first. */
  readonly listed: readonly {
    readonly unitId: string;
    readonly exception: WeighingException | null;
    readonly readings: readonly Pick<WeighedReading<unknown>, 'answer' | 'coders' | 'posterior'>[];
  }[];
}

const ORDER: readonly (WeighingException | null)[] = ['overturned', 'persisting', null];

/** All readings of a task by its type's model; null where the type has none. */
export function weighTask(
  type: TaskTypeServer<unknown, unknown, unknown>,
  codings: readonly CodedUnit<unknown, unknown>[],
): WeighedTask | null {
  if (type.weigh === undefined) return null;
  const { units, coders, rounds, settled } = type.weigh(codings);
  const all = units.map(({ unitId, readings }) => ({
    unitId,
    exception: exceptionAmong(readings),
    readings: readings.map(({ answer, coders: by, posterior }) => ({ answer, coders: by, posterior })),
  }));
  const certainty = ({ readings: [best] }: (typeof all)[number]): number => best?.posterior ?? 0;
  const counted = (exception: WeighingException): number =>
    all.filter((unit) => unit.exception === exception).length;
  return {
    coders,
    rounds,
    settled,
    units: all.length,
    overturned: counted('overturned'),
    persisting: counted('persisting'),
    listed: all
      .sort(
        (one, other) =>
          ORDER.indexOf(one.exception) - ORDER.indexOf(other.exception) || certainty(one) - certainty(other),
      )
      .slice(0, MOST_LISTED),
  };
}

/**
 * Whether few stand against many with reason. Overturned: the most probable reading has fewer supporters than some
 * other. Persisting: it has not, but a reading with fewer supporters than it has is as likely right as not, or likelier.
 * Readings with equally many supporters are no minority.
 *
 * @param readings the most probable first
 */
export function exceptionAmong(
  readings: readonly Pick<WeighedReading<unknown>, 'coders' | 'posterior'>[],
): WeighingException | null {
  const [best, ...others] = readings;
  if (best === undefined) return null;
  if (others.some(({ coders }) => coders.length > best.coders.length)) return 'overturned';
  const persists = others.some(
    ({ coders, posterior }) => coders.length < best.coders.length && posterior >= PERSISTING_POSTERIOR,
  );
  return persists ? 'persisting' : null;
}
