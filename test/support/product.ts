import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { routes } from '@casebook/contracts';
import { freePort } from './api-process.ts';
import { TestClient } from './client.ts';
import { startTestDatabase } from './database.ts';
import { PASSWORD, secretIn } from './people.ts';

const MAIN = fileURLToPath(new URL('../../apps/cli/src/main.ts', import.meta.url));

/** The whole product, pages included, as a person starts it: on an empty database, with the sample project. */
export interface Product {
  readonly address: string;
  readonly databaseUrl: string;
  /** The link that it printed, with which the first admin makes an account. */
  readonly setupLink: string;
  stop(): Promise<void>;
}

/** `settings` as the environment names them. */
export async function startProduct(settings: Readonly<Record<string, string>> = {}): Promise<Product> {
  const database = await startTestDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'casebook-product-'));
  const { DATABASE_MIGRATION_URL: _, ...surroundings } = process.env;
  const child = spawn(process.execPath, [MAIN, 'serve'], {
    env: {
      ...surroundings,
      NODE_ENV: 'development',
      PORT: String(await freePort()),
      DATABASE_URL: database.url,
      CASEBOOK_DATA: folder,
      CASEBOOK_LOG: 'error',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      await once(child, 'close');
    }
    await database.stop();
    await rm(folder, { recursive: true, force: true });
  };
  let said = '';
  const opened = new Promise<{ address: string; setupLink: string } | null>((resolve) => {
    child.once('close', () => {
      resolve(null);
    });
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const address = /open at (http\S+)\n/u.exec(said)?.[1];
      const setupLink = /(http\S+\/setup\/\S+)\n/u.exec(said)?.[1];
      if (address !== undefined && setupLink !== undefined) resolve({ address, setupLink });
    });
  });
  const links = await opened;
  if (links !== null) return { ...links, databaseUrl: database.url, stop };
  await stop();
  throw new Error(`the product ended before it was open; it said:\n${said}`);
}

const ADMIN = { email: 'ada@example.org', name: 'Ada Admin', password: PASSWORD } as const;

/** Makes the first admin by the printed link, over HTTP. */
export async function setUp({ address, setupLink }: Product): Promise<TestClient> {
  const client = new TestClient(address);
  await client.must(routes.setUp, { body: { secret: secretIn(setupLink), ...ADMIN } });
  return client;
}
