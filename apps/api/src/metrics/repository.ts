import type { Connection } from '../database/client.ts';

/** How many jobs of each kind wait to be taken up, and how many failed for good and are still remembered. */
export async function countJobs(
  connection: Connection,
): Promise<readonly { readonly name: string; readonly waiting: number; readonly failed: number }[]> {
  return connection.$queryRaw`
    SELECT name, (count(*) FILTER (WHERE state IN ('created', 'retry')))::int AS "waiting",
      (count(*) FILTER (WHERE state = 'failed'))::int AS "failed"
    FROM pgboss.job GROUP BY name ORDER BY name`;
}
