import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { migrate } from '../../apps/api/src/database/migrate.ts';
import { examineDatabase } from '../../apps/api/src/doctor/database.ts';
import type { Finding } from '../../apps/api/src/doctor/finding.ts';
import {
  examineFolder,
  examineMail,
  examineOrigin,
  examineSecret,
  examineService,
} from '../../apps/api/src/doctor/surroundings.ts';
import { MIGRATIONS } from '../../apps/api/src/instance.ts';
import { freePort } from '../support/api-process.ts';
import { firstAdmin } from '../support/client.ts';
import { makeEmptyDatabase, startTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { startTestInstance, testEnvironment } from '../support/instance.ts';

const inTrouble = (findings: readonly Finding[]) =>
  findings.flatMap((finding) => (finding.state === 'well' ? [] : [`${finding.state}: ${finding.words}`]));

describe('the database', () => {
  let server: TestDatabase;
  let client: pg.Client;
  beforeAll(async () => {
    server = await startTestDatabase();
    return () => server.stop();
  });
  beforeEach(async () => {
    const url = await makeEmptyDatabase(server.url);
    await migrate(url, MIGRATIONS);
    client = new pg.Client({ connectionString: url });
    await client.connect();
    return () => client.end();
  });

  it('is well where an instance with its admin has run', async () => {
    const test = await startTestInstance({ databaseUrl: await makeEmptyDatabase(server.url) });
    await firstAdmin(test);
    const own = new pg.Client({ connectionString: test.databaseUrl });
    await own.connect();
    expect(inTrouble(await examineDatabase(own, MIGRATIONS))).toEqual([]);
    await own.end();
    await test.stop();
  });

  it('lacks an admin at first', async () => {
    expect(inTrouble(await examineDatabase(client, MIGRATIONS))).toEqual(['odd: Nobody is admin yet.']);
  });

  it('says which guard was switched off', async () => {
    await client.query('ALTER TABLE "Judgement" DISABLE TRIGGER judgement_informed');
    expect(inTrouble(await examineDatabase(client, MIGRATIONS))).toContainEqual(
      expect.stringMatching(/^wrong: Not at work: the trigger judgement_informed on "Judgement"\.$/u),
    );
  });

  it('says which guard is gone', async () => {
    await client.query('DROP TRIGGER audit_no_truncate ON "Audit"');
    const { rows } = await client.query<{ tgname: string }>(
      `SELECT tgname FROM pg_trigger WHERE tgrelid = '"Audit"'::regclass AND NOT tgisinternal`,
    );
    for (const { tgname } of rows) await client.query(`DROP TRIGGER "${tgname}" ON "Audit"`);
    expect(inTrouble(await examineDatabase(client, MIGRATIONS))).toContainEqual(
      'wrong: Not at work: the guard of Audit.',
    );
  });

  it('says that migrations are due, were changed, or are newer', async () => {
    const last = `(SELECT max(migration_name) FROM "_prisma_migrations")`;
    await client.query(`UPDATE "_prisma_migrations" SET checksum = 'x' WHERE migration_name = ${last}`);
    expect(inTrouble(await examineDatabase(client, MIGRATIONS))).toContainEqual(
      expect.stringMatching(/^wrong: The migration \S+ was changed/u),
    );
    await client.query(
      `UPDATE "_prisma_migrations" SET migration_name = '99990101000000_later' WHERE migration_name = ${last}`,
    );
    expect(inTrouble(await examineDatabase(client, MIGRATIONS))).toContainEqual(
      'wrong: A newer Casebook has been here (99990101000000_later).',
    );
    await client.query(`DELETE FROM "_prisma_migrations" WHERE migration_name = ${last}`);
    expect(inTrouble(await examineDatabase(client, MIGRATIONS))).toEqual(['odd: A migration is due.']);
  });

  it('says that no worker takes up jobs', async () => {
    const test = await startTestInstance({ databaseUrl: await makeEmptyDatabase(server.url), worker: false });
    await test.instance.services.jobs.send('sweep', {});
    const own = new pg.Client({ connectionString: test.databaseUrl });
    await own.connect();
    await own.query(`UPDATE pgboss.job SET start_after = now() - interval '5 minutes' WHERE name = 'sweep'`);
    expect(inTrouble(await examineDatabase(own, MIGRATIONS))).toContainEqual(
      expect.stringMatching(/^wrong: A job has waited for 30\d s; no worker runs\.$/u),
    );
    await own.end();
    await test.stop();
  });
});

describe('what lies around it', () => {
  let dataFolder: string;
  beforeAll(async () => {
    dataFolder = await mkdtemp(join(tmpdir(), 'casebook-doctor-'));
  });
  afterAll(async () => {
    await rm(dataFolder, { recursive: true, force: true });
  });

  it('is a folder that is there', async () => {
    expect(inTrouble(await examineFolder(testEnvironment({ dataFolder: join(dataFolder, 'none') })))).toEqual(
      [expect.stringMatching(/^wrong: .*none can’t be written to\.$/u)],
    );
  });

  it('is a secret that only its owner reads', async () => {
    const secret = join(dataFolder, 'secret');
    await writeFile(secret, 'x', { mode: 0o600 });
    expect(inTrouble(await examineSecret(testEnvironment({ dataFolder })))).toEqual([]);
    await chmod(secret, 0o644);
    expect(inTrouble(await examineSecret(testEnvironment({ dataFolder })))).toEqual([
      `wrong: Others on this machine can read ${secret}.`,
    ]);
  });

  it.for([
    { origin: undefined, host: '127.0.0.1', state: 'well' },
    { origin: undefined, host: '0.0.0.0', state: 'wrong' },
    { origin: 'http://casebook.example.org', host: '0.0.0.0', state: 'odd' },
    { origin: 'https://casebook.example.org', host: '0.0.0.0', state: 'well' },
  ])('is an address that fits: $origin at $host is $state', ({ origin, host, state }) => {
    expect(examineOrigin(testEnvironment({ origin, host })).state).toBe(state);
  });

  it('is a mail server that answers', async () => {
    const nowhere = `smtp://127.0.0.1:${String(await freePort())}`;
    expect((await examineMail(testEnvironment({ smtpUrl: nowhere }))).state).toBe('wrong');
  });

  it('is a service that is ready, or none', async () => {
    const test = await startTestInstance();
    const port = Number(new URL(test.address).port);
    expect(await examineService(testEnvironment({ port }))).toMatchObject({
      state: 'well',
      words: expect.stringContaining('ready') as string,
    });
    await test.stop();
    expect(await examineService(testEnvironment({ port }))).toMatchObject({
      state: 'well',
      words: expect.stringContaining('does not run') as string,
    });
  });
});
