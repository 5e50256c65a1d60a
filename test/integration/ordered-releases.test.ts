import { mkdir, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { routes, streams } from '@casebook/contracts';
import type { ProjectId, Release } from '@casebook/contracts';
import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeRelease } from '../../apps/api/src/releases/make-release.ts';
import { makeOrdered } from '../../apps/api/src/releases/release-job.ts';
import { failRelease, finishRelease, takeUp } from '../../apps/api/src/releases/release-repository.ts';
import { verifyRelease } from '../../apps/api/src/releases/verify-release.ts';
import { seedSample } from '../../apps/api/src/sample/seed.ts';
import { ApiProcess } from '../support/api-process.ts';
import type { TestClient } from '../support/client.ts';
import { firstAdmin } from '../support/client.ts';
import { eventually } from '../support/collections.ts';
import { startTestInstance } from '../support/instance.ts';
import type { TestInstance } from '../support/instance.ts';
import { byRating, findSample, join as joinSample, judge } from '../support/judged-sample.ts';
import { makeProject } from '../support/people.ts';

let test: TestInstance;
let admin: TestClient;
let projectId: ProjectId;

beforeAll(async () => {
  // No worker: each test says when the work is done.
  test = await startTestInstance({ worker: false, logLevel: 'silent' });
  await seedSample(test.instance.services);
  admin = await firstAdmin(test);
  const sample = await findSample(admin);
  projectId = sample.projectId;
  for (const [place, name] of ['Cleo', 'Ben'].entries())
    await judge(await joinSample(admin, projectId, name), projectId, sample.similarity, 8, byRating(place));
});
afterAll(async () => {
  await test.stop();
});

const order = (project: ProjectId = projectId) =>
  admin.must(routes.makeRelease, { params: { projectId: project } });
const read = (number: number, project: ProjectId = projectId) =>
  admin.must(routes.release, { params: { projectId: project, number } });
const make = (number: number, project: ProjectId = projectId) =>
  makeOrdered(test.instance.services, { projectId: project, number });

async function made(number: number, project: ProjectId = projectId): Promise<Release & { state: 'made' }> {
  const release = await read(number, project);
  if (release.state !== 'made') throw new Error(`release ${String(number)} is ${release.state}`);
  return release;
}

async function download(number: number, project: ProjectId = projectId): Promise<Response> {
  const path = streams.releaseFile.replace(':projectId', project).replace(':number', String(number));
  return admin.fetch(path);
}

async function query<Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> {
  const connection = new pg.Client({ connectionString: test.databaseUrl });
  await connection.connect();
  try {
    return (await connection.query<Row>(sql, values)).rows;
  } finally {
    await connection.end();
  }
}

/** For whoever was killed: their last sign of life and what they last wrote are a minute old. */
async function minutePasses(project: ProjectId): Promise<void> {
  await query(`UPDATE "Release" SET "workedAt" = now() - interval '61 seconds' WHERE "state" = 'making'`);
  const before = new Date(Date.now() - 61_000);
  for (const name of await files(project).catch(() => []))
    await utimes(join(test.environment.releaseFolder, project, name), before, before);
}

const files = (project: ProjectId = projectId) => readdir(join(test.environment.releaseFolder, project));

describe('a release that was ordered', () => {
  it('waits, is made in the background, and is then the file that its root hash says', async () => {
    expect(await order()).toMatchObject({ number: 1, state: 'making', step: null, requestedBy: 'Ada Admin' });
    await make(1);
    const release = await made(1);
    const response = await download(1);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(response.headers.get('x-casebook-root')).toBe(release.root);
    expect(bytes).toHaveLength(release.bytes);
    const { publicKey } = await admin.must(routes.releases, { params: { projectId } });
    expect(await verifyRelease(bytes, { root: release.root, key: publicKey })).toMatchObject({
      origin: 'proved',
      faults: [],
    });
    expect(release.judgements).toBe(16);
  });

  it('is the same bytes that the terminal makes of that number', async () => {
    const { secret } = test.environment;
    const own = await makeRelease(test.databaseUrl, { project: projectId, number: 1, secret });
    expect(own?.bytes.equals(Buffer.from(await (await download(1)).arrayBuffer()))).toBe(true);
  });

  it('has the next number; the one before stays as it was', async () => {
    const first = await made(1);
    expect((await order()).number).toBe(2);
    await make(2);
    const { releases } = await admin.must(routes.releases, { params: { projectId } });
    expect(releases.map(({ number }) => number)).toEqual([2, 1]);
    expect(releases[1]).toEqual(first);
    expect((await made(2)).root).not.toBe(first.root);
  });

  it('is the only one that is being made, however many ask at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => admin.call(routes.makeRelease, { params: { projectId } })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409, 409, 409, 409]);
    await make(3);
    expect((await read(3)).state).toBe('made');
  });

  it('is told to webhooks once, with its number and root hash', async () => {
    const webhookId = uuidv7();
    await query(
      `INSERT INTO "Webhook" ("projectId", "id", "url", "events", "sealedSecret")
       VALUES ($1, $2, 'https://receiver.example/', '{release.ready}', '')`,
      [projectId, webhookId],
    );
    await order();
    await make(4);
    await make(4);
    const { root } = await made(4);
    expect(
      await query(`SELECT "event", "data" FROM "WebhookDelivery" WHERE "webhookId" = $1`, [webhookId]),
    ).toEqual([{ event: 'release.ready', data: { number: 4, root } }]);
  });
});

describe('a release that was made', () => {
  it('can be withdrawn once, with a reason, and its file stays', async () => {
    const params = { projectId, number: 2 };
    const body = { reason: 'A coder has withdrawn.' };
    const release = await admin.must(routes.withdrawRelease, { params, body });
    expect(release).toMatchObject({ state: 'made', withdrawn: { by: 'Ada Admin', ...body } });
    expect(await admin.call(routes.withdrawRelease, { params, body })).toMatchObject({
      status: 409,
      problem: { type: 'urn:casebook:release-withdrawn' },
    });
    expect((await download(2)).status).toBe(200);
  });

  it.each([
    ['its root hash', `UPDATE "Release" SET "root" = 'x' WHERE "number" = 1`],
    ['its state', `UPDATE "Release" SET "state" = 'making', "root" = NULL WHERE "number" = 1`],
    ['that it was withdrawn', `UPDATE "Release" SET "withdrawnFor" = 'x' WHERE "number" = 2`],
    ['that it is there', `DELETE FROM "Release" WHERE "number" = 1`],
  ])('is kept by the database: %s', async (_, sql) => {
    await expect(query(sql)).rejects.toThrow(/never/u);
  });

  it('whose file is gone says so, and is still there', async () => {
    await rm(join(test.environment.releaseFolder, projectId, '3.tar'));
    const response = await download(3);
    expect([response.status, await response.json()]).toMatchObject([
      409,
      { type: 'urn:casebook:release-file-missing' },
    ]);
    expect((await read(3)).state).toBe('made');
  });
});

describe('where it can’t be made', () => {
  it('says that the store takes nothing, and is made under the same number once it does', async () => {
    const project = await makeProject(admin, 'Nowhere to put it');
    const obstacle = join(test.environment.releaseFolder, project);
    await mkdir(test.environment.releaseFolder, { recursive: true });
    await writeFile(obstacle, 'a file where the folder should be');
    await order(project);
    await make(1, project);
    expect(await read(1, project)).toMatchObject({ number: 1, state: 'failed', why: 'storage' });
    await rm(obstacle);
    expect(await order(project)).toMatchObject({ number: 1, state: 'making' });
    await make(1, project);
    expect((await made(1, project)).judgements).toBe(0);
  });
});

describe('whoever makes it may be killed', () => {
  it('it is taken up by nobody else while there are signs of life, and by one when there are none', async () => {
    const { prisma } = test.instance.services.database;
    const { number } = await order();
    const key = { projectId, number };
    expect(await takeUp(prisma, key)).toMatchObject(key);
    await make(number);
    expect(await read(number)).toMatchObject({ state: 'making', step: 'reading' });
    await query(`UPDATE "Release" SET "workedAt" = now() - interval '31 seconds' WHERE "state" = 'making'`);
    expect(await read(number)).toMatchObject({ state: 'making', step: null });
    await Promise.all([make(number), make(number)]);
    expect((await read(number)).state).toBe('made');
  });

  it('who counted as gone and comes back changes nothing', async () => {
    const { prisma } = test.instance.services.database;
    const { number } = await order();
    const late = await takeUp(prisma, { projectId, number });
    if (late === undefined) throw new Error('nobody is at work on it');
    await query(`UPDATE "Release" SET "workedAt" = now() - interval '31 seconds' WHERE "state" = 'making'`);
    const next = await takeUp(prisma, { projectId, number });
    if (next === undefined) throw new Error('the first counts as gone');
    await failRelease(prisma, late, 'fault');
    await finishRelease(prisma, late, { root: 'late', bytes: 1, judgements: 1 });
    expect((await read(number)).state).toBe('making');
    await finishRelease(prisma, next, { root: 'next', bytes: 1, judgements: 1 });
    expect(await read(number)).toMatchObject({ state: 'made', root: 'next' });
  });

  it('in the middle of it: the next process makes one whole file, and leaves no other', async () => {
    const project = await makeProject(admin, 'Killed in the middle');
    const settings = { CASEBOOK_WORKER: 'yes', CASEBOOK_RELEASES: test.environment.releaseFolder };
    const service = await ApiProcess.start(test.databaseUrl, undefined, {
      ...settings,
      CASEBOOK_SECRET: test.environment.secret,
    });
    try {
      await order(project);
      await eventually(
        () => read(1, project),
        (release) => release.state === 'making' && release.step !== null,
      );
      await service.kill();
      expect((await read(1, project)).state).toBe('making');
      await minutePasses(project);
      await service.restart();
      await eventually(
        () => read(1, project),
        (release) => release.state === 'made',
      );
    } finally {
      await service.stop();
    }
    expect(await files(project)).toEqual(['1.tar']);
    const { root } = await made(1, project);
    const bytes = Buffer.from(await (await download(1, project)).arrayBuffer());
    expect(await verifyRelease(bytes, { root })).toMatchObject({ origin: 'proved', faults: [] });
  });
});
