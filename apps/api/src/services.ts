import type { FastifyBaseLogger } from 'fastify';
import type { Database } from './database/client.ts';
import type { Environment } from './env.ts';
import type { JobQueue } from './jobs/queue.ts';
import type { Mailer } from './mail/mailer.ts';

/** What every feature's service may reach; made once a process, given, never imported. */
export interface Services {
  readonly environment: Environment;
  readonly database: Database;
  readonly jobs: JobQueue;
  readonly mailer: Mailer;
  readonly logger: FastifyBaseLogger;
  /** The public address, without a trailing slash. */
  readonly origin: () => string;
}
