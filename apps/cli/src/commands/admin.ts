import { parsedWords } from '../arguments.ts';
import { wasAskedForHelp } from '../service/help.ts';
import { prepareClient } from '../service/preparation.ts';
import { type ExitCode, type Terminal, UsageError } from '../usage.ts';

const USAGE = `casebook admin reset-link EMAIL

Prints a link with which the holder of an account, an admin's too, chooses a new password: once, within a
day. Needs no mail server; the service may run meanwhile. Give it the same settings as the service.
`;

/** `casebook admin reset-link EMAIL`: the way back in where nobody else can make a link. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { positionals } = parsedWords(args, { help: { type: 'boolean', short: 'h' } });
  const flags = args.filter((word) => word.startsWith('-'));
  if (wasAskedForHelp(flags, terminal, { usage: USAGE, flags: [] })) return 0;
  const [deed, email, ...others] = positionals;
  if (deed !== 'reset-link' || email === undefined || others.length > 0) {
    throw new UsageError(`expected reset-link and one e-mail address\n\n${USAGE}`);
  }
  await prepareClient();
  const { makeResetLink } = await import('@casebook/api/commands/admin');
  const outcome = await makeResetLink(email);
  if (!outcome.made) {
    terminal.stderr.write(`casebook admin: ${outcome.why}\n`);
    return 1;
  }
  terminal.stdout.write(`${outcome.link}\n`);
  return 0;
}
