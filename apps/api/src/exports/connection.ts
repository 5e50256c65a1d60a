import type { ServerResponse } from 'node:http';
import type { ClientBase } from 'pg';
import { connectDirectly } from '../database/direct.ts';
import { Unavailable } from '../errors.ts';
import type { Services } from '../services.ts';

/** Downloads that one process sends at a time. Each holds a connection for as long as its reader takes. */
const AT_ONCE = 8;

const sending = new WeakMap<Services, number>();

/** Opens what a download reads from. */
export type OpenConnection = () => Promise<ClientBase>;

/**
 * A connection for one download, outside the pool, so that slow readers keep nobody from working. It ends with the
 * response, whether that was sent or broken off.
 *
 * @throws Unavailable where too many downloads are under way.
 */
export async function connectionFor(services: Services, response: ServerResponse): Promise<ClientBase> {
  const others = sending.get(services) ?? 0;
  if (others >= AT_ONCE) throw new Unavailable();
  sending.set(services, others + 1);
  const closed = new Promise<void>((resolve) => response.once('close', resolve));
  void closed.then(() => sending.set(services, (sending.get(services) ?? 1) - 1));
  const client = await connectDirectly(services.database.url);
  // Whoever reads from it is told of a lost connection by the query; without a listener it would end the process.
  client.on('error', () => undefined);
  void closed.then(() => client.end());
  return client;
}
