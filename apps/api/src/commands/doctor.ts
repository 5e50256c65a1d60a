import { connectDirectly } from '../database/direct.ts';
import { examineDatabase } from '../doctor/database.ts';
import { well, wrong } from '../doctor/finding.ts';
import type { Finding } from '../doctor/finding.ts';
import {
  examineFolder,
  examineMail,
  examineOrigin,
  examineSecret,
  examineService,
} from '../doctor/surroundings.ts';
import { readEnvironment } from '../env.ts';
import type { Environment } from '../env.ts';
import { MIGRATIONS } from '../instance.ts';
import { sentenceFor } from './failure.ts';
import { hasDatabase, reachDatabase } from './reach.ts';

export type { Finding };

/** Looks at the instance that the environment names, whether its service runs or not; changes nothing in it. */
export async function examine(): Promise<readonly Finding[]> {
  let environment: Environment;
  try {
    environment = await readEnvironment(process.env);
  } catch (error) {
    return [wrong('settings', sentence(error), 'Change the setting; the README lists them.')];
  }
  return [
    well('settings', 'Every setting is understood.'),
    ...(await examineFolder(environment)),
    ...(await examineSecret(environment)),
    examineOrigin(environment),
    await examineMail(environment),
    await examineService(environment),
    ...(await examineItsDatabase(environment)),
  ];
}

async function examineItsDatabase(environment: Environment): Promise<readonly Finding[]> {
  if (!hasDatabase(environment)) return [well('database', 'There is none yet; the first start makes it.')];
  try {
    const reached = await reachDatabase(environment);
    try {
      const client = await connectDirectly(reached.url);
      try {
        return await examineDatabase(client, MIGRATIONS);
      } finally {
        await client.end();
      }
    } finally {
      await reached.leave();
    }
  } catch (error) {
    return [
      wrong('database', sentence(error), 'Check DATABASE_URL, or the data folder’s postgres/server.log.'),
    ];
  }
}

/** @throws what is a fault of ours. */
function sentence(error: unknown): string {
  const words = sentenceFor(error);
  if (words === undefined) throw error;
  return words;
}
