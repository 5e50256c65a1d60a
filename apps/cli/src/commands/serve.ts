import { prepareClient, prepareWeb } from '../service/preparation.ts';
import { loadWebApp } from '../service/web-app.ts';
import type { ExitCode, Terminal } from '../usage.ts';

/** `casebook serve [--api-only]`: the service on one port, until it is told to stop. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const say = (line: string) => {
    terminal.stdout.write(`${line}\n`);
  };
  const apiOnly = args.includes('--api-only');
  await prepareClient();
  if (!apiOnly) await prepareWeb(say);
  const { serve } = await import('@casebook/api/commands/serve');
  const outcome = await serve({
    say,
    ...(apiOnly
      ? {}
      : {
          web: async ({ port, secret }) => {
            // The built pages read these for themselves, when they are loaded.
            process.env['CASEBOOK_SECRET'] = secret;
            process.env['PORT'] ??= String(port);
            return loadWebApp();
          },
        }),
  });
  if (typeof outcome !== 'string') return 0;
  terminal.stderr.write(`${outcome}\n`);
  process.exit(1);
}
