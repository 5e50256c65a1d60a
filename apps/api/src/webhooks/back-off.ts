/** Seconds to wait after each failed try, as Standard Webhooks suggests: about 28 hours in all. */
const WAITS: readonly number[] = [5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 10 * 3600];

/** How many times a message is tried before it is given up. */
export const MAXIMUM_TRIES = WAITS.length + 1;

/**
 * Seconds until a message is tried again, after `failures` of its tries; null where it is given up. Up to a tenth
 * longer by chance (`random` in [0, 1)), so that what failed together does not come back together.
 */
export function waitAfter(failures: number, random: number): number | null {
  const wait = WAITS[failures - 1];
  return wait === undefined ? null : wait * (1 + random / 10);
}
