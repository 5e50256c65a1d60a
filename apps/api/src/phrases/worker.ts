import type { Services } from '../services.ts';
import { proposeWaiting } from './propose.ts';
import { listWaiting } from './repository.ts';

/** Proposes where a process ended before it was done. */
async function sweepPhrases(services: Services): Promise<void> {
  for (const key of await listWaiting(services.database.prisma)) await proposeWaiting(services, key);
}

/** Proposes phrases in the background; looks after what waits at the start and once a minute. */
export async function phraseWorker(services: Services): Promise<void> {
  await services.jobs.work('propose-phrases', (job) => proposeWaiting(services, job));
  await services.jobs.work('sweep-phrases', () => sweepPhrases(services));
  await services.jobs.schedule('sweep-phrases', '* * * * *');
}
