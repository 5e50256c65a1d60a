import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate } from '../../apps/api/src/database/migrate.ts';
import { MIGRATIONS } from '../../apps/api/src/instance.ts';
import { annotate } from '../support/annotator.ts';
import { ApiProcess } from '../support/api-process.ts';
import { makeEmptyDatabase, startTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { Ledger } from '../support/ledger.ts';
import { plantTask } from '../support/planting.ts';

const HASTY = fileURLToPath(new URL('./hasty-api.ts', import.meta.url));
const ANNOTATORS = 16;
const KILLS = 20;
const LEAST_BETWEEN_KILLS = 12;

let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase({ synchronous_commit: 'on' });
});
afterAll(async () => {
  await database.stop();
});

interface Outcome {
  readonly acknowledged: number;
  /** Acknowledged judgements that the database does not hold. */
  readonly lost: number;
  readonly stored: number;
  /** Rows beyond one a submission. */
  readonly doubled: number;
  /** Stored, but sent by nobody. */
  readonly strange: number;
}

/** Waits for some more judgements, however slow the machine is. */
async function workedFor(ledger: Ledger, more: number): Promise<void> {
  const wanted = ledger.acknowledged + more;
  while (ledger.acknowledged < wanted) await sleep(5);
}

/** Sixteen annotators at work while the API is killed again and again. */
async function workUnderKills(program?: readonly string[], kills = KILLS): Promise<Outcome> {
  const url = await makeEmptyDatabase(database.url);
  await migrate(url, MIGRATIONS);
  const task = await plantTask(url, { units: 2_000, blockSize: 20, wanted: ANNOTATORS, coders: ANNOTATORS });
  const ledger = new Ledger(join(mkdtempSync(join(tmpdir(), 'casebook-ledger-')), 'ledger'));
  const api = await ApiProcess.start(url, program);
  let over = false;
  const work = task.coders.map((coder) =>
    annotate([api.address], task, coder.cookie, { ledger, over: () => over }),
  );
  for (let kill = 0; kill < kills; kill += 1) {
    await workedFor(ledger, LEAST_BETWEEN_KILLS + ((kill * 7) % 16));
    await api.kill();
    await api.restart();
  }
  await sleep(300);
  over = true;
  await Promise.all(work);
  await api.stop();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ submissionId: string; copies: string }>(
    'SELECT "submissionId", count(*) AS copies FROM "Judgement" GROUP BY "submissionId"',
  );
  await client.end();
  const { sent, acknowledged } = ledger.read();
  ledger.close();
  const stored = new Set(rows.map((row) => row.submissionId));
  return {
    acknowledged: acknowledged.size,
    lost: [...acknowledged].filter((id) => !stored.has(id)).length,
    stored: stored.size,
    doubled: rows.filter((row) => row.copies !== '1').length,
    strange: [...stored].filter((id) => !sent.has(id)).length,
  };
}

describe('an API that is killed 20 times under 16 annotators', () => {
  it('holds every acknowledged judgement exactly once, and nothing that nobody sent', async () => {
    const outcome = await workUnderKills();
    process.stdout.write(`killed api: ${JSON.stringify(outcome)}\n`);
    expect(outcome).toMatchObject({ lost: 0, doubled: 0, strange: 0 });
    expect(outcome.acknowledged).toBeGreaterThan(KILLS * LEAST_BETWEEN_KILLS);
  });

  it('would be caught if it answered before the commit', async () => {
    const outcome = await workUnderKills([HASTY], 6);
    process.stdout.write(`negative control: ${JSON.stringify(outcome)}\n`);
    expect(outcome.lost).toBeGreaterThan(0);
  });
});
