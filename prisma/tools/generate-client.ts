/**
 * Generates the Prisma client. The CLI wants to download a schema engine that generating never runs, so it is
 * pointed at an executable that exists.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const result = spawnSync(
  process.execPath,
  ['node_modules/prisma/build/index.js', 'generate', '--schema', 'prisma/schema.prisma', '--no-hints'],
  {
    cwd: root,
    env: {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
    },
    encoding: 'utf8',
  },
);
if (result.status !== 0) {
  process.stderr.write(`The database client could not be generated:\n${result.stdout}${result.stderr}\n`);
  process.exit(1);
}
