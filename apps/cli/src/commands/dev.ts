import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { wasAskedForHelp } from '../service/help.ts';
import { prepareClient, ROOT } from '../service/preparation.ts';
import type { ExitCode, Terminal } from '../usage.ts';

const USAGE = `casebook dev

Runs the service with pages that reload in the browser and an API that starts again when its source
changes: the same as npm run dev. The API listens on the port after PORT.
`;

/** `casebook dev`: pages that reload in the browser, and an API that starts again when its source changes. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  if (wasAskedForHelp(args, terminal, { usage: USAGE, flags: [] })) return 0;
  await prepareClient();
  const port = Number(process.env['PORT'] ?? '3000');
  const origin = `http://localhost:${String(port)}`;
  const api = `http://127.0.0.1:${String(port + 1)}`;
  const watched = spawn(
    process.execPath,
    ['--watch', '--watch-preserve-output', join(ROOT, 'apps/cli/src/main.ts'), 'serve', '--api-only'],
    {
      stdio: 'inherit',
      env: { ...process.env, PORT: String(port + 1), CASEBOOK_ORIGIN: origin },
    },
  );
  const pages = spawn(
    process.execPath,
    [join(ROOT, 'node_modules/vite/bin/vite.js'), 'dev', '--port', String(port), '--strictPort'],
    {
      cwd: join(ROOT, 'apps/web'),
      stdio: 'inherit',
      env: { ...process.env, PORT: String(port), CASEBOOK_API: api },
    },
  );
  terminal.stdout.write(`Pages at ${origin}, the API behind them at ${api}\n`);
  const ended = (child: typeof watched) =>
    new Promise<void>((resolve) =>
      child.once('close', () => {
        resolve();
      }),
    );
  process.once('SIGINT', () => undefined);
  process.once('SIGTERM', () => {
    watched.kill('SIGTERM');
    pages.kill('SIGTERM');
  });
  await Promise.race([ended(watched), ended(pages)]);
  watched.kill('SIGTERM');
  pages.kill('SIGTERM');
  await Promise.all(
    [ended(watched), ended(pages)].map((end) =>
      Promise.race([end, new Promise((resolve) => setTimeout(resolve, 5_000))]),
    ),
  );
  return 0;
}
