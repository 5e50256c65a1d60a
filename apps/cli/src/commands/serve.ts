import { wasAskedForHelp } from '../service/help.ts';
import { prepareClient, prepareWeb } from '../service/preparation.ts';
import { loadWebApp } from '../service/web-app.ts';
import type { ExitCode, Terminal } from '../usage.ts';

const USAGE = `casebook serve [--api-only]

Runs the service on one port, until it is told to stop: the same as npm start. The first start builds
the pages. Prints the address, and a link that makes an admin while there is none.
  --api-only   without the pages
`;

/** `casebook serve [--api-only]`: the service on one port, until it is told to stop. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  if (wasAskedForHelp(args, terminal, { usage: USAGE, flags: ['api-only'] })) return 0;
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
