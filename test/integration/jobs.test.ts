import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { makeJobQueue } from '../../apps/api/src/jobs/queue.ts';
import type { JobQueue } from '../../apps/api/src/jobs/queue.ts';
import { startTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let jobs: JobQueue;
const errors: Error[] = [];

beforeAll(async () => {
  database = await startTestDatabase();
  jobs = makeJobQueue(database.url, (error) => errors.push(error));
  await jobs.start();
}, 60_000);

afterAll(async () => {
  await jobs.stop();
  await database.stop();
}, 60_000);

describe('a job that fails', () => {
  it('is told of by its name and with the cause, and is tried again', { timeout: 60_000 }, async () => {
    const full = new Error('no space left on device');
    let tries = 0;
    await jobs.work('sweep-plans', () => {
      tries += 1;
      return tries === 1 ? Promise.reject(full) : Promise.resolve();
    });
    await jobs.send('sweep-plans', {});

    await vi.waitFor(
      () => {
        expect(tries).toBe(2);
      },
      { timeout: 45_000, interval: 100 },
    );

    expect(errors).toHaveLength(1);
    expect(errors[0]?.message).toMatch(/^Job sweep-plans \([0-9a-f-]{36}\) failed$/);
    expect(errors[0]?.cause).toBe(full);
  });
});
