import pg from 'pg';
import { uuidv7 } from 'uuidv7';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FOREIGN_SCHEMAS, GLOBAL_TABLES } from '../../prisma/global-tables.ts';
import { routes } from '@casebook/contracts';
import { firstAdmin } from '../support/client.ts';
import type { TestInstance } from '../support/instance.ts';
import { startTestInstance } from '../support/instance.ts';
import type { PlantedTask } from '../support/planting.ts';
import { plantTask } from '../support/planting.ts';

let test: TestInstance;
let database: pg.Client;
beforeAll(async () => {
  test = await startTestInstance({ worker: false });
  database = new pg.Client({ connectionString: test.databaseUrl });
  await database.connect();
});
afterAll(async () => {
  await database.end();
  await test.stop();
});

const rows = async <Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  (await database.query<Row>(sql, values)).rows;

describe('the catalogue', () => {
  it('knows the schemas of ours and of the job queue, and no other', async () => {
    const schemas = await rows<{ name: string }>(
      String.raw`SELECT nspname AS name FROM pg_namespace WHERE nspname NOT LIKE 'pg\_%' AND nspname <> 'information_schema'`,
    );
    expect(schemas.map(({ name }) => name).sort()).toEqual([...FOREIGN_SCHEMAS, 'public'].sort());
  });

  it('has every global table that is named, and there are project tables beside them', async () => {
    const tables = await rows<{ name: string }>(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`,
    );
    const names = tables.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining([...GLOBAL_TABLES]));
    expect(names.filter((name) => !GLOBAL_TABLES.includes(name))).toEqual(
      expect.arrayContaining(['Project', 'Member', 'Unit', 'Judgement', 'Audit']),
    );
  });

  it('puts the project first in every primary key and in whatever is unique', async () => {
    const wrong = await rows(
      `SELECT t.relname AS table, i.relname AS index, a.attname AS first
       FROM pg_class t
       JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = 'public'
       LEFT JOIN pg_index x ON x.indrelid = t.oid AND x.indisunique
       LEFT JOIN pg_class i ON i.oid = x.indexrelid
       LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = x.indkey[0]
       WHERE t.relkind IN ('r', 'p') AND t.relname <> ALL ($1)
         AND (a.attname IS DISTINCT FROM 'projectId'
           OR NOT EXISTS (SELECT 1 FROM pg_index k WHERE k.indrelid = t.oid AND k.indisprimary))`,
      [GLOBAL_TABLES],
    );
    expect(wrong).toEqual([]);
  });

  it('lets references of project tables stay within the project, unless they go to a global table', async () => {
    const wrong = await rows(
      `SELECT t.relname AS table, c.conname AS reference
       FROM pg_constraint c
       JOIN pg_class t ON t.oid = c.conrelid
       JOIN pg_class r ON r.oid = c.confrelid
       JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = 'public'
       LEFT JOIN pg_attribute here ON here.attrelid = t.oid AND here.attnum = c.conkey[1]
       LEFT JOIN pg_attribute there ON there.attrelid = r.oid AND there.attnum = c.confkey[1]
       WHERE c.contype = 'f' AND t.relname <> ALL ($1) AND r.relname <> ALL ($1)
         AND (here.attname <> 'projectId' OR there.attname <> 'projectId')`,
      [GLOBAL_TABLES],
    );
    expect(wrong).toEqual([]);
    const intoProjects = await rows(
      `SELECT t.relname AS table FROM pg_constraint c
       JOIN pg_class t ON t.oid = c.conrelid JOIN pg_class r ON r.oid = c.confrelid
       JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = 'public'
       WHERE c.contype = 'f' AND t.relname = ANY ($1) AND r.relname <> ALL ($1)`,
      [GLOBAL_TABLES],
    );
    expect(intoProjects).toEqual([]);
  });

  it('counts nothing by a sequence', async () => {
    expect(await rows(`SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'`)).toEqual([]);
    expect(
      await rows(
        `SELECT table_name, column_name FROM information_schema.columns
         WHERE table_schema = 'public' AND (is_identity = 'YES' OR column_default LIKE 'nextval%')`,
      ),
    ).toEqual([]);
  });
});

describe('what is only ever added to', () => {
  let task: PlantedTask;
  beforeAll(async () => {
    const admin = await firstAdmin(test);
    await admin.must(routes.makeProject, { body: { name: 'Kept' } });
    task = await plantTask(test.databaseUrl, { units: 1, blockSize: 1, wanted: 1, coders: 1 });
    await database.query(
      `INSERT INTO "Judgement" ("projectId", "id", "submissionId", "taskId", "sectionId", "unitId", "coderId", "act",
         "skipReason", "submissionHash", "contractVersion", "itemVersion", "elapsedMs", "extra")
       SELECT "projectId", $2, $3, "taskId", "sectionId", "id", $4, 'skip', 'unclear', '\\x00', 1, 1, 1, false
       FROM "Unit" WHERE "projectId" = $1`,
      [task.projectId, uuidv7(), uuidv7(), task.coders[0]?.memberId],
    );
  });

  it.each(['Judgement', 'Audit', 'InstanceAudit'])(
    '%s refuses change and removal, even to its owner',
    async (table) => {
      const key = table === 'InstanceAudit' ? '"id"' : '"projectId"';
      const [before] = await rows<{ n: number }>(`SELECT count(*)::int AS n FROM "${table}"`);
      expect(before?.n).toBeGreaterThan(0);
      await expect(database.query(`UPDATE "${table}" SET ${key} = ${key}`)).rejects.toThrow('append-only');
      await expect(database.query(`DELETE FROM "${table}"`)).rejects.toThrow('append-only');
      await expect(database.query(`TRUNCATE "${table}" CASCADE`)).rejects.toThrow('append-only');
      expect(await rows(`SELECT count(*)::int AS n FROM "${table}"`)).toEqual([before]);
    },
  );

  it('is not removed with what it refers to', async () => {
    await expect(database.query('TRUNCATE "Unit" CASCADE')).rejects.toThrow('append-only');
    await expect(database.query('DELETE FROM "Unit"')).rejects.toThrow('foreign key');
  });
});
