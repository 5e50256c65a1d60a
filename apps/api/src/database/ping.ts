import type { Database } from './client.ts';

/** Whether the database answers within two seconds. */
export async function pingDatabase(database: Database): Promise<boolean> {
  const answer = database.pool.query('SELECT 1').then(
    () => true,
    () => false,
  );
  const patience = new Promise<boolean>((resolve) => {
    setTimeout(() => {
      resolve(false);
    }, 2_000).unref();
  });
  return Promise.race([answer, patience]);
}
