import { startServer } from '../../apps/api/src/server.ts';
import { testEnvironment } from '../support/instance.ts';

/** The API with its background work in one process, for tests that kill it. */
await startServer(
  testEnvironment({
    port: Number(process.env['PORT']),
    databaseUrl: process.env['DATABASE_URL'],
    worker: true,
    logLevel: 'silent',
  }),
);
