import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { emailSchema } from '@casebook/contracts';
import { openDatabase } from '../database/client.ts';
import type { Database } from '../database/client.ts';
import { findEmbeddedDatabase, startEmbeddedDatabase } from '../database/embedded.ts';
import { pingDatabase } from '../database/ping.ts';
import { readEnvironment } from '../env.ts';
import type { Environment } from '../env.ts';
import { sentenceFor } from './failure.ts';
import { handResetLink } from '../session/service.ts';
import type { HandedReset } from '../session/service.ts';

/** The instance's database: the one of a service that runs, which goes on, else one started for as long as needed. */
async function reach(environment: Environment): Promise<{ database: Database; leave: () => Promise<void> }> {
  const running = environment.databaseUrl ?? (await findEmbeddedDatabase(environment.dataFolder));
  if (running !== undefined) {
    const database = openDatabase(running, 2);
    if (environment.databaseUrl !== undefined || (await pingDatabase(database))) {
      return { database, leave: () => database.close() };
    }
    await database.close();
  }
  const embedded = await startEmbeddedDatabase({ folder: environment.dataFolder });
  const database = openDatabase(embedded.url, 2);
  return {
    database,
    leave: async () => {
      await database.close();
      await embedded.stop();
    },
  };
}

/**
 * Makes a reset link for any account of the instance that the environment names, whether the service runs or not:
 * whoever may read its database from the terminal can do anything with it anyway.
 */
export async function makeResetLink(address: string): Promise<HandedReset> {
  const email = emailSchema.safeParse(address);
  if (!email.success) return { made: false, why: `${address} is no e-mail address.` };
  try {
    return await makeLinkFor(email.data);
  } catch (error) {
    const why = sentenceFor(error);
    if (why === undefined) throw error;
    return { made: false, why };
  }
}

async function makeLinkFor(email: string): Promise<HandedReset> {
  const environment = await readEnvironment(process.env);
  if (
    environment.databaseUrl === undefined &&
    !existsSync(join(environment.dataFolder, 'postgres', 'PG_VERSION'))
  ) {
    return {
      made: false,
      why: `There is no database in ${environment.dataFolder}; set CASEBOOK_DATA or DATABASE_URL as the service has them.`,
    };
  }
  const host = environment.host === '0.0.0.0' ? '127.0.0.1' : environment.host;
  const origin = environment.origin ?? `http://${host}:${String(environment.port)}`;
  const { database, leave } = await reach(environment);
  try {
    return await handResetLink(database.prisma, email, origin);
  } finally {
    await leave();
  }
}
