import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '../../apps/api/src/env.ts';
import type { Instance } from '../../apps/api/src/instance.ts';
import type { RunningServer } from '../../apps/api/src/server.ts';
import { startServer } from '../../apps/api/src/server.ts';
import { makeSetupLink } from '../../apps/api/src/session/service.ts';
import { startTestDatabase } from './database.ts';

/** A listening instance over a database of its own. */
export interface TestInstance {
  readonly address: string;
  readonly databaseUrl: string;
  readonly instance: Instance;
  readonly environment: Environment;
  stop(): Promise<void>;
}

export function testEnvironment(changes: Partial<Environment> = {}): Environment {
  return {
    port: 0,
    host: '127.0.0.1',
    dataFolder: '',
    releaseFolder: '',
    databaseUrl: undefined,
    directDatabaseUrl: undefined,
    origin: undefined,
    secret: 'a secret that only the tests know',
    smtpUrl: undefined,
    production: false,
    logLevel: 'error',
    poolSize: 12,
    leaseSeconds: 86_400,
    worker: true,
    metricsToken: undefined,
    privateWebhooks: false,
    provider: undefined,
    passwords: true,
    ...changes,
  };
}

/** Starts Postgres and the API on free ports; `databaseUrl` among the changes takes a database that runs already. */
export async function startTestInstance(changes: Partial<Environment> = {}): Promise<TestInstance> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'casebook-data-'));
  const database = changes.databaseUrl === undefined ? await startTestDatabase() : undefined;
  const databaseUrl = changes.databaseUrl ?? database?.url ?? '';
  const environment = testEnvironment({
    dataFolder,
    releaseFolder: join(dataFolder, 'releases'),
    ...changes,
    databaseUrl,
  });
  const server: RunningServer = await startServer(environment);
  return {
    address: server.address,
    databaseUrl,
    instance: server.instance,
    environment,
    stop: async () => {
      await server.stop();
      await database?.stop();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

/** The secret of a fresh set-up link. */
export async function setupSecret(test: TestInstance): Promise<string> {
  const link = await makeSetupLink(test.instance.services);
  const secret = link?.split('/').at(-1);
  if (secret === undefined) throw new Error('the instance has its admin already');
  return secret;
}
