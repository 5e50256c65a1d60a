import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedDatabase } from '../../apps/api/src/database/embedded.ts';

export interface TestDatabase {
  readonly url: string;
  stop(): Promise<void>;
}

/** A real Postgres of its own in a temporary folder. `settings` as `postgres -c` takes them. */
export async function startTestDatabase(
  settings: Readonly<Record<string, string>> = { fsync: 'off' },
): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'casebook-test-'));
  const database = await startEmbeddedDatabase({ folder, settings: { max_connections: '120', ...settings } });
  return {
    url: database.url,
    stop: async () => {
      await database.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A fresh, empty database on a server that runs already. */
export async function makeEmptyDatabase(serverUrl: string): Promise<string> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.toString();
}
