import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Gathering } from './gathering.ts';

/** A store that takes its time, remembers what came together and refuses negative numbers. */
function slowStore(onIdle?: () => void) {
  const batches: number[][] = [];
  const gathering = new Gathering<number, string>(async (rows) => {
    batches.push([...rows]);
    await sleep(5);
    if (rows.some((row) => row < 0)) throw new Error('a negative row');
    return rows.map((row) => `kept ${String(row)}`);
  }, onIdle);
  return { batches, gathering };
}

describe('gathering', () => {
  it('sends a row that comes alone alone', async () => {
    const { batches, gathering } = slowStore();
    expect(await gathering.add(1)).toBe('kept 1');
    expect(batches).toEqual([[1]]);
  });

  it('answers each of many rows with its own outcome, and asks less often than there are rows', async () => {
    const { batches, gathering } = slowStore();
    const rows = Array.from({ length: 100 }, (_, index) => index);
    const outcomes = await Promise.all(rows.map((row) => gathering.add(row)));
    expect(outcomes).toEqual(rows.map((row) => `kept ${String(row)}`));
    expect(batches.flat()).toEqual(rows);
    expect(batches.length).toBeLessThan(10);
  });

  it('refuses only the row that can’t be stored', async () => {
    const { gathering } = slowStore();
    const outcomes = await Promise.allSettled([1, 2, 3, -4, 5, 6].map((row) => gathering.add(row)));
    expect(outcomes.map((outcome) => outcome.status)).toEqual([
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
  });

  it('leaves others unhindered by a statement that waits for a lock', async () => {
    let release = (): void => undefined;
    const locked = new Promise<void>((resolve) => (release = resolve));
    const gathering = new Gathering<number, number>(async (rows) => {
      if (rows.includes(0)) await locked;
      return rows;
    });
    const waits = gathering.add(0);
    expect(await gathering.add(1)).toBe(1);
    release();
    expect(await waits).toBe(0);
  });

  it('says once that it is idle, when the last of many is stored', async () => {
    let idle = 0;
    const { gathering } = slowStore(() => (idle += 1));
    await Promise.all(Array.from({ length: 80 }, (_, row) => gathering.add(row)));
    await sleep(0);
    expect(idle).toBe(1);
  });

  it('goes on after a failure', async () => {
    const { gathering } = slowStore();
    await expect(gathering.add(-1)).rejects.toThrow('a negative row');
    expect(await gathering.add(2)).toBe('kept 2');
  });
});
