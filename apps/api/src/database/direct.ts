import pg from 'pg';

/** A connection of its own, outside any pool: for a thread, or a stream that lasts. */
export async function connectDirectly(url: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'casebook',
    connectionTimeoutMillis: 5_000,
  });
  await client.connect();
  return client;
}
