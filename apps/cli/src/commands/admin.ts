import { parsedWords } from '../arguments.ts';
import { wasAskedForHelp } from '../service/help.ts';
import { prepareClient } from '../service/preparation.ts';
import { type ExitCode, type Terminal, UsageError } from '../usage.ts';

const USAGE = `casebook admin create EMAIL [--name NAME]
casebook admin reset-link EMAIL

create makes the account of an admin, or makes an account the admin's, before the service first runs or later.
reset-link is for any account. Both print a link with which its holder chooses a password: once, within a day.
Where CASEBOOK_PASSWORDS is no, create prints the address at which the admin logs in with the provider.
Needs no mail server; the service may run meanwhile. Give it the same settings as the service.
`;

/** `casebook admin …`: the way in, and the way back in where nobody else can make a link. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = parsedWords(args, {
    help: { type: 'boolean', short: 'h' },
    name: { type: 'string' },
  });
  if (values.help === true) {
    wasAskedForHelp(['--help'], terminal, { usage: USAGE, flags: [] });
    return 0;
  }
  const [deed, email, ...others] = positionals;
  const known = deed === 'create' || deed === 'reset-link';
  if (!known || email === undefined || others.length > 0) {
    throw new UsageError(`expected create or reset-link and one e-mail address\n\n${USAGE}`);
  }
  if (values.name !== undefined && deed !== 'create') throw new UsageError('--name goes with create');
  await prepareClient();
  const { makeAdmin, makeResetLink } = await import('@casebook/api/commands/admin');
  const outcome = await (deed === 'create'
    ? makeAdmin(email, values.name ?? email.replace(/@.*$/u, ''))
    : makeResetLink(email));
  if (!outcome.made) {
    terminal.stderr.write(`casebook admin: ${outcome.why}\n`);
    return 1;
  }
  terminal.stdout.write(`${outcome.link}\n`);
  return 0;
}
