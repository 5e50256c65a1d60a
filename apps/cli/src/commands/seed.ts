import { wasAskedForHelp } from '../service/help.ts';
import { prepareClient } from '../service/preparation.ts';
import type { ExitCode, Terminal } from '../usage.ts';

const USAGE = `casebook seed

Puts the sample project into the database, where there is no project yet.
`;

/** `casebook seed`: the sample project, where there is no project yet. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  if (wasAskedForHelp(args, terminal, { usage: USAGE, flags: [] })) return 0;
  await prepareClient();
  const { seed } = await import('@casebook/api/commands/seed');
  const { done, words } = await seed();
  if (!done) {
    terminal.stderr.write(`casebook seed: ${words}\n`);
    return 1;
  }
  terminal.stdout.write(`${words}\n`);
  return 0;
}
