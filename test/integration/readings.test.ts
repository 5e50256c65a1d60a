import { routes, submissionIdSchema } from '@casebook/contracts';
import type { ProjectId, TaskId } from '@casebook/contracts';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recompute } from '../../apps/api/src/agreement/worker.ts';
import { firstAdmin, type TestClient } from '../support/client.ts';
import type { TestInstance } from '../support/instance.ts';
import { startTestInstance } from '../support/instance.ts';
import { joinAs, makeProject } from '../support/people.ts';
import { makeOpenTask } from '../support/tasks.ts';

let test: TestInstance;
let admin: TestClient;
let coders: TestClient[];
let projectId: ProjectId;
let taskId: TaskId;

beforeAll(async () => {
  test = await startTestInstance();
  admin = await firstAdmin(test);
  projectId = await makeProject(admin);
  coders = [];
  for (const name of ['anna', 'ben', 'cy'])
    coders.push(await joinAs(test, admin, projectId, `${name}@example.org`, 'annotator'));
  ({ taskId } = await makeOpenTask(admin, projectId, 'coreference', { wanted: 3 }));
}, 120_000);
afterAll(async () => {
  await test.stop();
});

describe('weighed readings', () => {
  it('are stored with agreement, each with its supporters and how probable it is', async () => {
    let judged = 0;
    for (const [place, coder] of coders.entries()) {
      const claim = await coder.must(routes.claim, { params: { projectId, taskId } });
      if (claim.kind !== 'lease') throw new Error('a section was expected');
      judged = claim.lease.units.length;
      for (const [at, unit] of claim.lease.units.entries()) {
        // Only the third takes the last phrase for nobody.
        const kind = place === 2 && at === judged - 1 ? 'non-referring' : 'new';
        await coder.must(routes.submit, {
          params: { projectId, taskId },
          body: {
            submissionId: submissionIdSchema.parse(uuidv7()),
            unitId: unit.id,
            act: { kind: 'answer', answer: { kind } },
            elapsedMs: 1_000,
          },
        });
      }
    }
    await recompute(test.instance.services, { projectId, taskId });
    const { weighing, rows, next } = await admin.must(routes.weighedReadings, {
      params: { projectId, taskId },
    });
    expect(weighing).toMatchObject({ units: judged, listed: judged, settled: true });
    expect(weighing?.coders).toHaveLength(3);
    expect(next).toBeNull();
    expect(rows).toHaveLength(judged);
    const disputed = rows.filter(({ readings }) => readings.length > 1);
    expect(disputed.map(({ readings }) => readings.map(({ coders: by }) => by.length).sort())).toEqual([
      [1, 2],
    ]);
    for (const { readings } of rows) {
      for (const { posterior, answer } of readings) {
        expect(posterior).toBeGreaterThanOrEqual(0);
        expect(posterior).toBeLessThanOrEqual(1);
        expect(answer).not.toBe('');
      }
    }
  });

  it('can be had page by page, and exceptions alone', async () => {
    const params = { projectId, taskId };
    const all = await admin.must(routes.weighedReadings, { params });
    const first = await admin.must(routes.weighedReadings, { params, query: { limit: 1 } });
    const second = await admin.must(routes.weighedReadings, {
      params,
      query: { limit: 1, cursor: first.next ?? '' },
    });
    expect([...first.rows, ...second.rows]).toEqual(all.rows.slice(0, 2));
    const { rows } = await admin.must(routes.weighedReadings, { params, query: { of: 'exceptions' } });
    expect(rows).toEqual(all.rows.filter(({ exception }) => exception !== null));
  });

  it('are for managers and researchers only', async () => {
    const response = await coders[0]?.call(routes.weighedReadings, { params: { projectId, taskId } });
    expect(response?.status).toBe(404);
  });
});
