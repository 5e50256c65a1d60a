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
  const outcome = await seed();
  terminal.stdout.write(`${outcome}\n`);
  return 0;
}
