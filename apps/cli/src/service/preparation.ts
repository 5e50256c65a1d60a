import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));

/** What was made, and from what. */
interface Made {
  readonly product: string;
  readonly sources: readonly string[];
}

const CLIENT: Made = { product: 'prisma/generated/client.ts', sources: ['prisma/schema.prisma'] };
const WEB: Made = {
  product: 'apps/web/build/handler.js',
  sources: [
    'apps/web/src',
    'apps/web/static',
    'apps/web/vite.config.ts',
    'packages/ui/src',
    'packages/contracts/src',
    'packages/task-types',
    'package-lock.json',
  ],
};

async function newest(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  const entries = await readdir(path, { withFileTypes: true });
  const times = await Promise.all(
    entries.filter((entry) => entry.name !== 'node_modules').map((entry) => newest(join(path, entry.name))),
  );
  return Math.max(0, ...times);
}

async function isFresh(made: Made): Promise<boolean> {
  const product = join(ROOT, made.product);
  if (!existsSync(product)) return false;
  const times = await Promise.all(made.sources.map((source) => newest(join(ROOT, source))));
  return Math.max(...times) <= statSync(product).mtimeMs;
}

/** Runs a program of the repository; its output is shown only when it fails. */
async function runQuietly(args: readonly string[], folder: string): Promise<void> {
  const child = spawn(process.execPath, args, { cwd: join(ROOT, folder), stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`${args.join(' ')} failed:\n${said}`);
}

/** Makes the database client where it is missing or older than the schema. */
export async function prepareClient(): Promise<void> {
  if (await isFresh(CLIENT)) return;
  await runQuietly(['prisma/tools/generate-client.ts'], '.');
}

/** Builds the web app where it is missing or older than its sources. */
export async function prepareWeb(say: (line: string) => void): Promise<void> {
  if (await isFresh(WEB)) return;
  say('Building the pages (once, about half a minute) …');
  await runQuietly([join(ROOT, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'], 'apps/web');
}
