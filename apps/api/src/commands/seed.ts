import type { Services } from '../services.ts';

/** Puts the sample project into a database that holds no project. True where it did. */
export async function seedSample(_services: Services): Promise<boolean> {
  return Promise.resolve(false);
}
