import type { FastifyBaseLogger } from 'fastify';
import type { AgreementClock } from './agreement/clock.ts';
import type { Database } from './database/client.ts';
import type { Environment } from './env.ts';
import type { JobQueue } from './jobs/queue.ts';
import type { ReleaseStore } from './releases/store.ts';
import type { Mailer } from './mail/mailer.ts';
import type { IdentityProvider } from './session/provider/identity-provider.ts';

/** What every feature's service may reach; made once a process, given, never imported. */
export interface Services {
  readonly environment: Environment;
  readonly database: Database;
  readonly jobs: JobQueue;
  readonly mailer: Mailer;
  readonly releaseStore: ReleaseStore;
  /** Where people may sign in besides; undefined where the instance has none. */
  readonly identityProvider: IdentityProvider | undefined;
  readonly agreementClock: AgreementClock;
  /** Aborted when the process is about to stop, for whatever would go on for ever. */
  readonly closing: AbortSignal;
  readonly logger: FastifyBaseLogger;
  /** The public address, without a trailing slash. */
  readonly origin: () => string;
}
