import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '../database/client.ts';
import { findEmbeddedDatabase, startEmbeddedDatabase } from '../database/embedded.ts';
import { pingDatabase } from '../database/ping.ts';
import type { Environment } from '../env.ts';

/** The instance's database within reach of a command, until it is left. */
export interface ReachedDatabase {
  readonly url: string;
  readonly leave: () => Promise<void>;
}

/** Whether the data folder holds a database already; true where one outside is named. */
export function hasDatabase(environment: Environment): boolean {
  return (
    environment.databaseUrl !== undefined ||
    existsSync(join(environment.dataFolder, 'postgres', 'PG_VERSION'))
  );
}

async function answers(url: string): Promise<boolean> {
  const database = openDatabase(url, 1);
  try {
    return await pingDatabase(database);
  } finally {
    await database.close();
  }
}

/**
 * The database of the instance that the environment names, past any pooler: the one of a service that runs, which
 * goes on, else one started for as long as it is needed.
 */
export async function reachDatabase(environment: Environment): Promise<ReachedDatabase> {
  const outside = environment.directDatabaseUrl;
  if (outside !== undefined) return { url: outside, leave: () => Promise.resolve() };
  const running = await findEmbeddedDatabase(environment.dataFolder);
  if (running !== undefined && (await answers(running))) {
    return { url: running, leave: () => Promise.resolve() };
  }
  const embedded = await startEmbeddedDatabase({ folder: environment.dataFolder });
  return { url: embedded.url, leave: () => embedded.stop() };
}

/** Where there is no database, what to say. */
export function noDatabaseIn(environment: Environment): string {
  return `There is no database in ${environment.dataFolder}; set CASEBOOK_DATA or DATABASE_URL as the service has them.`;
}
