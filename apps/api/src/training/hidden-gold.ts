import { createHash } from 'node:crypto';

/**
 * Whether a unit with gold counts towards ratings: each with the probability of the task's rate, by its id and the
 * task's seed alone, so that it is the same for every coder and at every look.
 */
export function isHiddenGold(unitId: string, seed: number, rate: number): boolean {
  const drawn = createHash('sha256')
    .update(`hidden gold ${String(seed)} ${unitId}`)
    .digest()
    .readUInt32BE(0);
  return drawn < rate * 2 ** 32;
}
