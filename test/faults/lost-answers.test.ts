import { createServer, request as forward } from 'node:http';
import type { Server } from 'node:http';
import { once } from 'node:events';
import type { Submission } from '@casebook/contracts';
import { routes, submissionIdSchema } from '@casebook/contracts';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestClient } from '../support/client.ts';
import type { TestInstance } from '../support/instance.ts';
import { startTestInstance } from '../support/instance.ts';
import type { PlantedTask } from '../support/planting.ts';
import { plantTask } from '../support/planting.ts';

let test: TestInstance;
let task: PlantedTask;
/** Passes requests on and, while `dropping`, hangs up once the answer has come: after the commit. */
let proxy: Server;
let proxyAddress: string;
let dropping = false;

beforeAll(async () => {
  test = await startTestInstance({ worker: false });
  task = await plantTask(test.databaseUrl, { units: 20, blockSize: 20, wanted: 1, coders: 1 });
  const behind = new URL(test.address);
  proxy = createServer((incoming, outgoing) => {
    const inner = forward(
      {
        host: behind.hostname,
        port: behind.port,
        method: incoming.method,
        path: incoming.url,
        headers: incoming.headers,
      },
      (response) => {
        if (dropping) {
          response.resume();
          response.on('end', () => incoming.socket.destroy());
          return;
        }
        outgoing.writeHead(response.statusCode ?? 500, response.headers);
        response.pipe(outgoing);
      },
    );
    incoming.pipe(inner);
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const address = proxy.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  proxyAddress = `http://127.0.0.1:${String(address.port)}`;
});
afterAll(async () => {
  proxy.closeAllConnections();
  proxy.close();
  await test.stop();
});

describe('an answer that is lost on its way back', () => {
  it('is given again, the same, for the same submission, which is stored once', async () => {
    const client = new TestClient(proxyAddress);
    client.cookie = task.coders[0]?.cookie;
    const claimed = await client.must(routes.claim, {
      params: { projectId: task.projectId, taskId: task.taskId },
    });
    if (claimed.kind !== 'lease') throw new Error('no lease');
    const params = { projectId: task.projectId, taskId: task.taskId };
    for (const unit of claimed.lease.units.slice(0, 5)) {
      const body: Submission = {
        submissionId: submissionIdSchema.parse(uuidv7()),
        unitId: unit.id,
        act: { kind: 'answer', answer: { kind: 'rating', value: 3 } },
        elapsedMs: 700,
      };
      dropping = true;
      await expect(client.call(routes.submit, { params, body })).rejects.toThrow();
      dropping = false;
      const [one, other] = await Promise.all([
        client.call(routes.submit, { params, body }),
        client.call(routes.submit, { params, body }),
      ]);
      expect(one.status).toBe(200);
      expect(other).toMatchObject({ status: 200, body: one.ok ? one.body : {} });
      const changed = await client.call(routes.submit, { params, body: { ...body, elapsedMs: 701 } });
      expect(changed.status).toBe(422);
      const stored = await test.instance.services.database.prisma.judgement.count({
        where: { submissionId: body.submissionId },
      });
      expect(stored).toBe(1);
    }
  });

  it('would be caught if a submission were stored as often as it came', async () => {
    const client = new TestClient(proxyAddress);
    client.cookie = task.coders[0]?.cookie;
    const params = { projectId: task.projectId, taskId: task.taskId };
    const claimed = await client.must(routes.claim, { params });
    if (claimed.kind !== 'lease') throw new Error('no lease');
    const unit = claimed.lease.units.at(-1);
    if (unit === undefined) throw new Error('no unit');
    const database = new pg.Client({ connectionString: test.databaseUrl });
    await database.connect();
    await database.query('DROP INDEX "Judgement_projectId_submissionId_key", "Judgement_first_key"');
    await database.end();
    const body: Submission = {
      submissionId: submissionIdSchema.parse(uuidv7()),
      unitId: unit.id,
      act: { kind: 'answer', answer: { kind: 'rating', value: 3 } },
      elapsedMs: 700,
    };
    dropping = true;
    await expect(client.call(routes.submit, { params, body })).rejects.toThrow();
    dropping = false;
    await client.call(routes.submit, { params, body });
    const stored = await test.instance.services.database.prisma.judgement.count({
      where: { submissionId: body.submissionId },
    });
    process.stdout.write(`negative control: ${String(stored)} rows of one submission\n`);
    expect(stored).toBeGreaterThan(1);
  });
});
