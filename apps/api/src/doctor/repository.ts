import type pg from 'pg';

export interface ServerFacts {
  readonly version: number;
  /** Database's clock less this machine's, in seconds. */
  readonly clockAhead: number;
  /** Pages found damaged since the statistics began; null where the cluster keeps no checksums. */
  readonly damagedPages: number | null;
}

export async function readServerFacts(client: pg.ClientBase): Promise<ServerFacts> {
  const asked = Date.now();
  const { rows } = await client.query<{ version: number; now: Date; damaged: string | null }>(
    `SELECT current_setting('server_version_num')::int AS "version", clock_timestamp() AS "now",
            (SELECT checksum_failures FROM pg_stat_database WHERE datname = current_database()) AS "damaged"`,
  );
  const answered = Date.now();
  const [row] = rows;
  if (row === undefined) throw new Error('the server says nothing of itself');
  return {
    version: row.version,
    clockAhead: (row.now.getTime() - (asked + answered) / 2) / 1000,
    damagedPages: row.damaged === null ? null : Number(row.damaged),
  };
}

/** Triggers and constraints that are there but do nothing, indexes that can't be used. */
export async function listIdleGuards(client: pg.ClientBase): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT 'the trigger ' || t.tgname || ' on ' || t.tgrelid::regclass AS "name"
       FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
      WHERE c.relnamespace = 'public'::regnamespace AND t.tgenabled NOT IN ('O', 'A')
      UNION ALL
     SELECT 'the constraint ' || conname || ' on ' || conrelid::regclass FROM pg_constraint
      WHERE connamespace = 'public'::regnamespace AND NOT convalidated
      UNION ALL
     SELECT 'the index ' || i.indexrelid::regclass FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
      WHERE c.relnamespace = 'public'::regnamespace AND NOT i.indisvalid`,
  );
  return rows.map(({ name }) => name);
}

/** Which of these tables have no trigger that refuses changes of their rows. */
export async function listUnguarded(
  client: pg.ClientBase,
  tables: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT name FROM unnest($1::text[]) AS wanted(name)
      WHERE NOT EXISTS (
        SELECT 1 FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
         WHERE c.relnamespace = 'public'::regnamespace AND c.relname = wanted.name AND p.proname = 'refuse_change')`,
    [tables],
  );
  return rows.map(({ name }) => name);
}

export async function hasAdmin(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query(
    'SELECT 1 FROM "User" WHERE "isAdmin" AND "disabledAt" IS NULL LIMIT 1',
  );
  return rows.length > 0;
}

export interface QueueFacts {
  /** Age in seconds of the longest waiting job that is due; null where none waits. */
  readonly longestWait: number | null;
  /** Kinds of jobs that failed for good within a day, with how often. */
  readonly failed: readonly { readonly name: string; readonly count: number }[];
}

/** The queue of jobs; undefined before the service first ran. */
export async function readQueueFacts(client: pg.ClientBase): Promise<QueueFacts | undefined> {
  const { rows: table } = await client.query<{ there: boolean }>(
    `SELECT to_regclass('pgboss.job') IS NOT NULL AS "there"`,
  );
  if (table[0]?.there !== true) return undefined;
  const { rows: waits } = await client.query<{ longest: string | null }>(
    `SELECT extract(epoch FROM max(now() - start_after)) AS "longest" FROM pgboss.job
      WHERE state IN ('created', 'retry') AND start_after <= now() AND NOT name LIKE '\\_\\_pgboss%'`,
  );
  const { rows: failed } = await client.query<{ name: string; count: number }>(
    `SELECT name, count(*)::int AS "count" FROM pgboss.job
      WHERE state = 'failed' AND completed_on > now() - interval '1 day' GROUP BY name ORDER BY name`,
  );
  const longest = waits[0]?.longest ?? null;
  return { longestWait: longest === null ? null : Number(longest), failed };
}
