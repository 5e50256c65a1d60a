import type { ReleaseStep } from '@casebook/contracts';
import type { Services } from '../services.ts';
import { releaseApart } from './release-apart.ts';
import * as repository from './release-repository.ts';
import type { ReleaseKey } from './release-repository.ts';
import { nameOfFile, StoreFailure } from './store.ts';

const SIGN_EVERY = 5_000;

/**
 * Makes a release that was ordered, unless somebody is at work on it. Its file stands under its name before the
 * database says that it was made, and is written whole or not at all: whoever is killed in between leaves it to be made
 * again, in the same place.
 */
export async function makeOrdered(services: Services, key: ReleaseKey): Promise<void> {
  const { prisma } = services.database;
  const attempt = await repository.takeUp(prisma, key);
  if (attempt === undefined) return;
  let step: ReleaseStep = 'reading';
  const sign = (): void => {
    repository.signLife(prisma, attempt, step).catch((error: unknown) => {
      services.logger.warn({ err: error }, 'a release gave no sign of life');
    });
  };
  const signs = setInterval(sign, SIGN_EVERY);
  try {
    const made = await releaseApart(
      { databaseUrl: services.database.url, ...key, secret: services.environment.secret },
      (now) => {
        step = now;
        sign();
      },
      (pieces) => services.releaseStore.keep(nameOfFile(key.projectId, key.number), pieces),
      services.closing,
    );
    await repository.finishRelease(prisma, attempt, made);
  } catch (error) {
    // Another process, or this one after its next start, takes it up again.
    if (services.closing.aborted) return;
    services.logger.error({ err: error, ...key }, 'a release could not be made');
    await repository.failRelease(prisma, attempt, error instanceof StoreFailure ? 'storage' : 'fault');
  } finally {
    clearInterval(signs);
  }
}
