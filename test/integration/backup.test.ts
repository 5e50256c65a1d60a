import { PassThrough, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { gunzipSync, gzipSync } from 'node:zlib';
import { readdir } from 'node:fs/promises';
import { routes } from '@casebook/contracts';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkBackup, restoreBackup } from '../../apps/api/src/backup/restore-backup.ts';
import { writeBackup } from '../../apps/api/src/backup/write-backup.ts';
import { migrate } from '../../apps/api/src/database/migrate.ts';
import { MIGRATIONS } from '../../apps/api/src/instance.ts';
import { seedSample } from '../../apps/api/src/sample/seed.ts';
import { firstAdmin, TestClient } from '../support/client.ts';
import { makeEmptyDatabase } from '../support/database.ts';
import { startTestInstance } from '../support/instance.ts';
import type { TestInstance } from '../support/instance.ts';
import { byGold, byRating, findSample, join, judge } from '../support/judged-sample.ts';
import { PASSWORD } from '../support/people.ts';

/** The sample as two coders have judged some of it, and its backup. */
let test: TestInstance;
let archive: Buffer;
beforeAll(async () => {
  test = await startTestInstance({ worker: false });
  await seedSample(test.instance.services);
  const admin = await firstAdmin(test);
  const sample = await findSample(admin);
  const cleo = await join(admin, sample.projectId, 'Cleo');
  const ben = await join(admin, sample.projectId, 'Ben');
  await judge(cleo, sample.projectId, sample.coreference, 12, await byGold(admin, sample));
  await judge(ben, sample.projectId, sample.similarity, 8, byRating(1));
  archive = await backupOf(test.databaseUrl);
}, 120_000);
afterAll(async () => {
  await test.stop();
});

async function backupOf(url: string): Promise<Buffer> {
  const stream = new PassThrough();
  const [bytes] = await Promise.all([buffer(stream), writeBackup(url, stream)]);
  return bytes;
}

const restored = async (bytes: Buffer, url: string) => restoreBackup(url, Readable.from([bytes]), MIGRATIONS);

/** Each table's count and the hash of its rows as text, in order, by way of the database alone. */
async function countsAndHashes(url: string): Promise<Readonly<Record<string, string>>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows: tables } = await client.query<{ name: string }>(
    `SELECT relname AS "name" FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> '_prisma_migrations'`,
  );
  const found: [string, string][] = [];
  for (const { name } of tables) {
    const { rows } = await client.query<{ sum: string }>(
      `SELECT count(*) || ' ' || md5(coalesce(string_agg(t::text, E'\\n' ORDER BY t::text), '')) AS "sum" FROM "${name}" t`,
    );
    found.push([name, rows[0]?.sum ?? '']);
  }
  await client.end();
  return Object.fromEntries(found.sort());
}

async function tablesIn(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(*)::int AS "count" FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'`,
  );
  await client.end();
  return rows[0]?.count ?? -1;
}

describe('a backup put into an empty database', () => {
  let url: string;
  beforeAll(async () => {
    url = await makeEmptyDatabase(test.databaseUrl);
    await restored(archive, url);
  });

  it('has every table’s count and hash', async () => {
    const was = await countsAndHashes(test.databaseUrl);
    expect(Object.keys(was).length).toBeGreaterThan(50);
    expect(was['Judgement']).toMatch(/^20 /u);
    expect(await countsAndHashes(url)).toEqual(was);
  });

  it('gives the same rows, in the same bytes, when it is backed up again', async () => {
    const [first, second] = await Promise.all(
      [archive, await backupOf(url)].map((bytes) => checkBackup(Readable.from([bytes]))),
    );
    expect(second?.tables).toEqual(first?.tables);
    expect(second?.header.tables).toEqual(first?.header.tables);
  });

  it('keeps what guards judgements', async () => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await expect(client.query('DELETE FROM "Judgement"')).rejects.toThrow();
    await client.end();
  });

  it('is an instance: who could log in can, and finds the project', async () => {
    const second = await startTestInstance({ databaseUrl: url, worker: false });
    const client = new TestClient(second.address);
    await client.must(routes.logIn, { body: { email: 'cleo@example.org', password: PASSWORD } });
    expect(await client.must(routes.projects)).toHaveLength(1);
    await second.stop();
  });
});

describe('nothing is restored', () => {
  it('over what is there', async () => {
    const before = await countsAndHashes(test.databaseUrl);
    await expect(restored(archive, test.databaseUrl)).rejects.toThrow('The database is not empty');
    expect(await countsAndHashes(test.databaseUrl)).toEqual(before);
  });

  /** The archive with some bytes of its tar exchanged, packed again. */
  function changed(from: string, to: string): Buffer {
    const tar = gunzipSync(archive);
    const at = tar.indexOf(from);
    expect(at).toBeGreaterThan(0);
    tar.write(to, at);
    return gzipSync(tar);
  }

  const firstHalf = (bytes: Buffer) => bytes.subarray(0, bytes.length / 2);

  it.for<{ name: string; bytes: () => Buffer; says: RegExp }>([
    { name: 'cut short', bytes: () => firstHalf(archive), says: /no whole backup/u },
    {
      name: 'without its end',
      bytes: () => gzipSync(firstHalf(gunzipSync(archive))),
      says: /no whole backup/u,
    },
    {
      name: 'changed in one value',
      bytes: () => changed('cleo@example.org', 'zleo@example.org'),
      says: /hash differs/u,
    },
    { name: 'something else', bytes: () => Buffer.from('word1,word2,gold\n'), says: /no whole backup/u },
    { name: 'another archive', bytes: () => gzipSync(Buffer.alloc(1024)), says: /does not begin with/u },
  ])('of a file that is $name', async ({ bytes, says }) => {
    const url = await makeEmptyDatabase(test.databaseUrl);
    await expect(checkBackup(Readable.from([bytes()]))).rejects.toThrow(says);
    await expect(restored(bytes(), url)).rejects.toThrow(says);
    if ((await tablesIn(url)) > 0) {
      for (const [name, sum] of Object.entries(await countsAndHashes(url))) {
        expect(`${name} ${sum}`).toBe(`${name} 0 d41d8cd98f00b204e9800998ecf8427e`);
      }
    }
    // What failed leaves nothing in the way of the whole file.
    await restored(archive, url);
  });

  it('that a newer version wrote', async () => {
    const newer = changed('_invariants"', '_invariantz"');
    const url = await makeEmptyDatabase(test.databaseUrl);
    await expect(restored(newer, url)).rejects.toThrow('with that version or a newer one');
    expect(await tablesIn(url)).toBe(0);
  });
});

it('a backup of an earlier schema is brought up to date', async () => {
  const names = (await readdir(MIGRATIONS)).filter((name) => /^\d/u.test(name)).sort();
  const early = await makeEmptyDatabase(test.databaseUrl);
  await migrate(early, MIGRATIONS, new Set(names.slice(0, 2)));
  const client = new pg.Client({ connectionString: early });
  await client.connect();
  await client.query(
    `INSERT INTO "User" ("id", "email", "name", "passwordHash") VALUES (gen_random_uuid(), 'old@example.org', 'Old Hand', 'x')`,
  );
  await client.end();
  const url = await makeEmptyDatabase(test.databaseUrl);
  await restored(await backupOf(early), url);
  expect(await migrate(url, MIGRATIONS)).toEqual([]);
  expect((await countsAndHashes(url))['User']).toMatch(/^1 /u);
});

it('a database without Casebook has nothing to back up', async () => {
  await expect(backupOf(await makeEmptyDatabase(test.databaseUrl))).rejects.toThrow('holds no Casebook');
});
