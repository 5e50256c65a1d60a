import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import pg from 'pg';

/** Any number that no other user of the database takes for its advisory locks: "case" in ASCII. */
const MIGRATION_LOCK = 0x63617365;

const LEDGER = `
  CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id" VARCHAR(36) PRIMARY KEY NOT NULL,
    "checksum" VARCHAR(64) NOT NULL,
    "finished_at" TIMESTAMPTZ,
    "migration_name" VARCHAR(255) NOT NULL,
    "logs" TEXT,
    "rolled_back_at" TIMESTAMPTZ,
    "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
    "applied_steps_count" INTEGER NOT NULL DEFAULT 0
  )`;

export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

/** A migration of the repository, with the hash by which a database remembers it. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

/** The migrations in a folder, in the order in which they are applied. */
export async function listMigrations(folder: URL): Promise<readonly Migration[]> {
  const names = (await readdir(folder, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(new URL(`${name}/migration.sql`, folder), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

/**
 * Applies the migrations that a database does not have yet, in order, each in a transaction of its own, and writes
 * Prisma's ledger, so that `prisma migrate deploy` can take over at any time. Several processes may start at once:
 * an advisory lock lets one through.
 *
 * @param only leaves all others out: the schema of an earlier version.
 * @returns the names of those applied.
 * @throws MigrationError where a migration that was applied has changed since, or one fails.
 */
export async function migrate(
  url: string,
  folder: URL,
  only?: ReadonlySet<string>,
): Promise<readonly string[]> {
  const migrations = (await listMigrations(folder)).filter(({ name }) => only?.has(name) ?? true);
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await client.query(LEDGER);
    const ledger = await client.query<{ migration_name: string; checksum: string }>(
      'SELECT migration_name, checksum FROM "_prisma_migrations" WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
    );
    const known = new Map(ledger.rows.map((row) => [row.migration_name, row.checksum]));
    const applied: string[] = [];
    for (const { name, sql, checksum } of migrations) {
      const before = known.get(name);
      if (before === checksum) continue;
      if (before !== undefined)
        throw new MigrationError(`The migration ${name} was changed after it was applied.`);
      try {
        await client.query('BEGIN');
        // A migration that waits for a busy table would make every later query wait behind it.
        await client.query("SET LOCAL lock_timeout = '5s'");
        await client.query(sql);
        await client.query(
          'INSERT INTO "_prisma_migrations" (id, checksum, finished_at, migration_name, applied_steps_count) VALUES ($1, $2, now(), $3, 1)',
          [randomUUID(), checksum, name],
        );
        await client.query('COMMIT');
      } catch (error) {
        await client.query('ROLLBACK');
        throw new MigrationError(
          `The migration ${name} failed: ${error instanceof Error ? error.message : String(error)}`,
        );
      }
      applied.push(name);
    }
    return applied;
  } finally {
    await client.end();
  }
}
