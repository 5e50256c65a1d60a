import { Writable } from 'node:stream';
import { routes } from '@casebook/contracts';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../apps/api/src/app.ts';
import { firstAdmin } from '../support/client.ts';
import { startTestInstance } from '../support/instance.ts';
import type { TestInstance } from '../support/instance.ts';
import { makeProject } from '../support/people.ts';

const TOKEN = 'what-the-scraper-knows';

let test: TestInstance;
beforeAll(async () => {
  test = await startTestInstance({ metricsToken: TOKEN, worker: false });
});
afterAll(async () => {
  await test.stop();
});

describe('/metrics', () => {
  const scrape = (headers: Record<string, string> = {}, address = test.address) =>
    fetch(`${address}/metrics`, { headers });

  it('tells who sends the token of requests by route, connections and waiting jobs', async () => {
    const admin = await firstAdmin(test);
    await makeProject(admin);
    await test.instance.services.jobs.send('sweep', {});
    const answer = await scrape({ authorization: `Bearer ${TOKEN}` });
    expect(answer.headers.get('content-type')).toContain('text/plain');
    const text = await answer.text();
    expect(text).toContain(
      'casebook_http_request_duration_seconds_count{method="POST",route="/api/v1/projects",status="201"} 1',
    );
    expect(text).toMatch(/casebook_jobs\{queue="sweep",state="waiting"\} [1-9]/u);
    expect(text).toMatch(/casebook_database_connections\{state="idle"\} [1-9]/u);
    expect(text).toContain('process_resident_memory_bytes');
  });

  it('names routes, never addresses with their ids', async () => {
    const admin = await firstAdmin(await ready());
    const projectId = await makeProject(admin);
    await admin.must(routes.tasks, { params: { projectId } });
    const text = await (await scrape({ authorization: `Bearer ${TOKEN}` }, admin.address)).text();
    expect(text).toContain('route="/api/v1/projects/:projectId/tasks"');
    expect(text).not.toContain(projectId);
  });

  it('is not there for anybody else', async () => {
    expect((await scrape()).status).toBe(404);
    expect((await scrape({ authorization: 'Bearer guessed-by-somebody' })).status).toBe(401);
  });

  it('is not there at all where no token is set', async () => {
    const plain = await startTestInstance({ worker: false });
    expect((await scrape({ authorization: `Bearer ${TOKEN}` }, plain.address)).status).toBe(404);
    await plain.stop();
  });

  /** An instance of its own, without an admin yet. */
  async function ready(): Promise<TestInstance> {
    const own = await startTestInstance({ metricsToken: TOKEN, worker: false });
    stops.push(() => own.stop());
    return own;
  }
  const stops: (() => Promise<void>)[] = [];
  afterAll(async () => {
    for (const stop of stops) await stop();
  });
});

it('logs a line of JSON for every answer, under the id that the answer names, without what was sent', async () => {
  const lines: Record<string, unknown>[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(JSON.parse(chunk.toString()) as Record<string, unknown>);
      done();
    },
  });
  const app = await buildApp({ ...test.instance.services, logger: pino({ level: 'info' }, sink) });
  const answer = await app.inject({
    method: 'POST',
    url: '/api/v1/session?seen=secret-in-address',
    payload: { email: 'nobody@example.org', password: 'secret in body' },
  });
  await app.inject({ method: 'GET', url: '/healthz' });
  await app.close();
  expect(lines).toContainEqual(
    expect.objectContaining({
      msg: 'answered',
      method: 'POST',
      route: '/api/v1/session',
      status: answer.statusCode,
      requestId: answer.json<{ requestId: string }>().requestId,
    }),
  );
  expect(JSON.stringify(lines)).not.toContain('secret');
  expect(JSON.stringify(lines)).not.toContain('healthz');
});
