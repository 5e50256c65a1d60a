import { readEnvironment } from '../env.ts';
import { seedSample } from '../sample/seed.ts';
import { startServer } from '../server.ts';

/** Puts the sample project into the database that the environment names, where it is empty; says what it did. */
export async function seed(): Promise<string> {
  const environment = await readEnvironment({ ...process.env, PORT: '0' });
  const server = await startServer({ ...environment, worker: false });
  try {
    const done = await seedSample(server.instance.services);
    return done ? 'The sample project is in its drawer.' : 'There is a project already; nothing was added.';
  } finally {
    await server.stop();
  }
}
