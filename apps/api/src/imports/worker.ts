import type { Services } from '../services.ts';
import { commitOrFail } from './commit.ts';
import * as repository from './repository.ts';

/** Takes up what was to be committed when its process ended, and gives up uploads that were cut off. */
async function sweepImports(services: Services): Promise<void> {
  const { prisma } = services.database;
  await repository.failAbandoned(prisma);
  for (const key of await repository.listCommitting(prisma)) await commitOrFail(services, key);
}

/** Commits imports in the background; looks after cut-off ones at the start and once a minute. */
export async function importWorker(services: Services): Promise<void> {
  await services.jobs.work('commit-import', (job) => commitOrFail(services, job));
  await services.jobs.work('sweep-imports', () => sweepImports(services));
  await services.jobs.schedule('sweep-imports', '* * * * *');
  await services.jobs.send('sweep-imports', {});
}
