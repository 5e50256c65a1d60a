/** Serves the API over `DATABASE_URL` as a process of its own, logging everything; prints its address first. */
import { startServer } from '../../apps/api/src/server.ts';
import { testEnvironment } from './instance.ts';

const server = await startServer(
  testEnvironment({ databaseUrl: process.env['DATABASE_URL'], logLevel: 'trace', worker: false }),
);
process.stdout.write(`${server.address}\n`);
process.once('SIGTERM', () => {
  void server.stop();
});
