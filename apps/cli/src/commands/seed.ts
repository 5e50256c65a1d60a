import { prepareClient } from '../service/preparation.ts';
import type { ExitCode, Terminal } from '../usage.ts';

/** `casebook seed`: the sample project, where there is no project yet. */
export async function run(_args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  await prepareClient();
  const { seed } = await import('@casebook/api/commands/seed');
  const outcome = await seed();
  terminal.stdout.write(`${outcome}\n`);
  return 0;
}
