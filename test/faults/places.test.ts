import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate } from '../../apps/api/src/database/migrate.ts';
import { MIGRATIONS } from '../../apps/api/src/instance.ts';
import { annotate } from '../support/annotator.ts';
import { ApiProcess } from '../support/api-process.ts';
import { makeEmptyDatabase, startTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { plantTask } from '../support/planting.ts';

const WANTED = 3;
const BLOCKS = 50;

/** How a tool assigns that first counts and then inserts, with nothing behind it that would refuse: the negative control. */
const COUNT_THEN_INSERT = `
ALTER TABLE "Section" DROP CONSTRAINT "Section_places_check";
CREATE OR REPLACE FUNCTION claim_section(
  p_project uuid, p_task uuid, p_member uuid, p_lease uuid, p_lease_seconds integer, OUT outcome text, OUT lease_id uuid
) LANGUAGE plpgsql AS $$
DECLARE v_section record;
BEGIN
  SELECT l."id" INTO lease_id FROM "Lease" l
  WHERE l."projectId" = p_project AND l."memberId" = p_member AND l."state" = 'active' LIMIT 1;
  IF FOUND THEN outcome := 'leased'; RETURN; END IF;
  SELECT s."id", s."position" INTO v_section FROM "Section" s
  WHERE s."projectId" = p_project AND s."taskId" = p_task
    AND (SELECT count(*) FROM "Lease" l WHERE l."projectId" = p_project AND l."sectionId" = s."id") < s."wanted"
    AND NOT EXISTS (SELECT 1 FROM "Lease" l WHERE l."projectId" = p_project AND l."sectionId" = s."id" AND l."memberId" = p_member)
  ORDER BY s."position" LIMIT 1;
  IF NOT FOUND THEN outcome := 'all-taken'; RETURN; END IF;
  PERFORM pg_sleep(0.002);
  INSERT INTO "Lease" ("projectId", "id", "taskId", "sectionId", "position", "memberId", "expiresAt")
  VALUES (p_project, p_lease, p_task, v_section."id", v_section."position", p_member, now() + interval '1 day');
  lease_id := p_lease;
  outcome := 'leased';
END $$`;

let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(async () => {
  await database.stop();
});

/** The most coders that any section was assigned to, and counted for, with two replicas and forty annotators. */
async function mostCoders(prepare?: string): Promise<{ assigned: number; counted: number; judged: number }> {
  const url = await makeEmptyDatabase(database.url);
  await migrate(url, MIGRATIONS);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  if (prepare !== undefined) await client.query(prepare);
  const task = await plantTask(url, { units: BLOCKS * 4, blockSize: 4, wanted: WANTED, coders: 40 });
  const replicas = await Promise.all([ApiProcess.start(url), ApiProcess.start(url)]);
  const addresses = replicas.map((replica) => replica.address);
  try {
    await Promise.all(
      task.coders.map((coder) => annotate(addresses, task, coder.cookie, { over: () => false })),
    );
  } finally {
    await Promise.all(replicas.map((replica) => replica.stop()));
  }
  const most = async (sql: string) =>
    Number((await client.query<{ most: string | null }>(sql)).rows[0]?.most ?? 0);
  const outcome = {
    assigned: await most(
      `SELECT max(n) AS most FROM (SELECT count(*) n FROM "Lease" GROUP BY "sectionId") per`,
    ),
    counted: await most(
      `SELECT max(n) AS most FROM (SELECT count(DISTINCT "coderId") n FROM "Judgement" WHERE NOT "extra" GROUP BY "sectionId") per`,
    ),
    judged: await most('SELECT count(*) AS most FROM "Judgement"'),
  };
  await client.end();
  return outcome;
}

describe('two replicas and forty annotators over fifty blocks that want three', () => {
  it('never assign or count a fourth, and fill every place', async () => {
    const outcome = await mostCoders();
    process.stdout.write(`places: ${JSON.stringify(outcome)}\n`);
    expect(outcome).toEqual({ assigned: WANTED, counted: WANTED, judged: BLOCKS * 4 * WANTED });
  });

  it('would be caught if places were counted first and taken afterwards', async () => {
    const outcome = await mostCoders(COUNT_THEN_INSERT);
    process.stdout.write(`negative control: ${JSON.stringify(outcome)}\n`);
    expect(outcome.assigned).toBeGreaterThan(WANTED);
  });
});
