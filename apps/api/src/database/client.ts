import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { Prisma, PrismaClient } from '../../../../prisma/generated/client.ts';

export { Prisma };

/** A Prisma client, or the transaction that a service hands to its repositories. */
export type Connection = PrismaClient | Prisma.TransactionClient;

/** The database as this process holds it: one pool, used through Prisma and, for streams, directly. */
export interface Database {
  readonly url: string;
  readonly prisma: PrismaClient;
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

/** Statements that say so in their first comment are parsed and planned once a connection. */
function statementName(query: { readonly sql: string }): string {
  return /^\/\* prepared (\w+) \*\//u.exec(query.sql)?.[1] ?? '';
}

/** Opens a pool; nothing is connected before the first query. */
export function openDatabase(url: string, poolSize: number): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    application_name: 'casebook',
  });
  // A connection that dies while idle is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined);
  const prisma = new PrismaClient({
    adapter: new PrismaPg(pool, { statementNameGenerator: statementName }),
    // A burst waits its turn; what waits longer is told to come again.
    transactionOptions: { maxWait: 8_000, timeout: 20_000 },
  });
  return {
    url,
    prisma,
    pool,
    close: async () => {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}
