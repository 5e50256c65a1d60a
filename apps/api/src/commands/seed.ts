import { readEnvironment } from '../env.ts';
import { seedSample } from '../sample/seed.ts';
import { startServer } from '../server.ts';
import { sentenceFor } from './failure.ts';

/**
 * Puts the sample project into the database that the environment names, where it is empty.
 *
 * @returns in a sentence what it did, or why it could do nothing.
 */
export async function seed(): Promise<{ readonly done: boolean; readonly words: string }> {
  try {
    const environment = await readEnvironment({ ...process.env, PORT: '0' });
    const server = await startServer({ ...environment, worker: false });
    try {
      const added = await seedSample(server.instance.services);
      return {
        done: true,
        words: added
          ? 'The sample project is in its drawer.'
          : 'There is a project already; nothing was added.',
      };
    } finally {
      await server.stop();
    }
  } catch (error) {
    const words = sentenceFor(error);
    if (words === undefined) throw error;
    return { done: false, words };
  }
}
