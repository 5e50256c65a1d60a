import { mkdtemp, rm } from 'node:fs/promises';
import { createReadStream, createWriteStream, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { restoreBackup } from '../../apps/api/src/backup/restore-backup.ts';
import { writeBackup } from '../../apps/api/src/backup/write-backup.ts';
import { migrate } from '../../apps/api/src/database/migrate.ts';
import { MIGRATIONS } from '../../apps/api/src/instance.ts';
import { annotate } from '../support/annotator.ts';
import { ApiProcess } from '../support/api-process.ts';
import { makeEmptyDatabase, startTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { Ledger } from '../support/ledger.ts';
import { plantTask } from '../support/planting.ts';

const ANNOTATORS = 16;

let server: TestDatabase;
let folder: string;
beforeAll(async () => {
  server = await startTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'casebook-backup-'));
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Stock {
  readonly judgements: ReadonlySet<string>;
  /** Judgements whose unit, and leases whose section, is missing. */
  readonly orphans: number;
}

async function stockOf(url: string): Promise<Stock> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const judgements = await client.query<{ id: string }>('SELECT "submissionId" AS "id" FROM "Judgement"');
  const orphans = await client.query<{ count: number }>(
    `SELECT (SELECT count(*) FROM "Judgement" j LEFT JOIN "Unit" u ON u."projectId" = j."projectId" AND u."id" = j."unitId" WHERE u."id" IS NULL)::int
          + (SELECT count(*) FROM "Lease" l LEFT JOIN "Section" s ON s."projectId" = l."projectId" AND s."id" = l."sectionId" WHERE s."id" IS NULL)::int AS "count"`,
  );
  await client.end();
  return {
    judgements: new Set(judgements.rows.map(({ id }) => id)),
    orphans: orphans.rows[0]?.count ?? -1,
  };
}

it('a backup under sixteen annotators holds one moment: all that was acknowledged before, whole', async () => {
  const url = await makeEmptyDatabase(server.url);
  await migrate(url, MIGRATIONS);
  const task = await plantTask(url, { units: 2_000, blockSize: 20, wanted: ANNOTATORS, coders: ANNOTATORS });
  const ledger = new Ledger(join(mkdtempSync(join(folder, 'ledger-')), 'ledger'));
  const api = await ApiProcess.start(url);
  let over = false;
  const work = Promise.all(
    task.coders.map((coder) => annotate([api.address], task, coder.cookie, { ledger, over: () => over })),
  );
  while (ledger.acknowledged < 200) await sleep(5);

  const before = ledger.read().acknowledged;
  const file = join(folder, 'instance.backup');
  const written = await writeBackup(url, createWriteStream(file));
  const during = ledger.acknowledged - before.size;
  while (ledger.acknowledged < before.size + during + 100) await sleep(5);
  over = true;
  await work;
  await api.kill();

  const restored = await makeEmptyDatabase(server.url);
  const read = await restoreBackup(restored, createReadStream(file), MIGRATIONS);
  expect(read.tables).toEqual(written.tables);
  const [was, is] = [await stockOf(url), await stockOf(restored)];
  expect(during).toBeGreaterThan(0);
  expect([...before].filter((id) => !is.judgements.has(id))).toEqual([]);
  expect([...is.judgements].filter((id) => !was.judgements.has(id))).toEqual([]);
  expect(was.judgements.size).toBeGreaterThan(is.judgements.size);
  expect(is.orphans).toBe(0);
}, 120_000);
