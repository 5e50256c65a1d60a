import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { AgreementClock } from './agreement/clock.ts';
import { buildApp } from './app.ts';
import { openDatabase } from './database/client.ts';
import { migrate } from './database/migrate.ts';
import type { Environment } from './env.ts';
import { makeJobQueue } from './jobs/queue.ts';
import { startWorker } from './jobs/worker.ts';
import { makeMailer } from './mail/mailer.ts';
import { FolderStore } from './releases/folder-store.ts';
import type { Services } from './services.ts';
import { IdentityProvider } from './session/provider/identity-provider.ts';

export const MIGRATIONS = new URL('../../../prisma/migrations/', import.meta.url);

/** The API with everything it stands on, not listening yet. */
export interface Instance {
  readonly app: FastifyInstance;
  readonly services: Services;
  /** Stops taking requests, finishes those in flight, then lets go of jobs and database. */
  close(): Promise<void>;
}

/**
 * Brings the schema up to date and assembles an instance over a database.
 *
 * @param address the public address, asked for late because a port of 0 is known only after listening.
 */
export async function makeInstance(
  environment: Environment,
  databaseUrl: string,
  address: () => string,
): Promise<Instance> {
  const directUrl = environment.directDatabaseUrl ?? databaseUrl;
  await migrate(directUrl, MIGRATIONS);
  const logger: FastifyBaseLogger = pino({ level: environment.logLevel });
  const database = openDatabase(databaseUrl, environment.poolSize);
  const jobs = makeJobQueue(directUrl, (error) => {
    logger.warn({ err: error }, 'the job queue stumbled');
  });
  const closing = new AbortController();
  const services: Services = {
    environment,
    database,
    jobs,
    logger,
    agreementClock: new AgreementClock(jobs),
    closing: closing.signal,
    identityProvider:
      environment.provider === undefined ? undefined : new IdentityProvider(environment.provider),
    releaseStore: new FolderStore(environment.releaseFolder),
    mailer: makeMailer(environment.smtpUrl, 'Casebook <casebook@localhost>'),
    origin: () => environment.origin ?? address(),
  };
  await jobs.start();
  const app = await buildApp(services);
  if (environment.worker) await startWorker(services);
  return {
    app,
    services,
    close: async () => {
      closing.abort();
      services.agreementClock.stop();
      await app.close();
      await jobs.stop();
      await database.close();
    },
  };
}
