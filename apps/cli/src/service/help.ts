import { parsedWords } from '../arguments.ts';
import { type Terminal, UsageError } from '../usage.ts';

const ENVIRONMENT = `
Environment:
  PORT (3000)  HOST (127.0.0.1)
  CASEBOOK_DATA     folder of the embedded database and files (.casebook)
  DATABASE_URL      an outside Postgres in place of the embedded one
  CASEBOOK_ORIGIN   the public address
  CASEBOOK_SECRET   made and kept in the data folder where absent; required in production
  SMTP_URL          where mail is sent through
`;

/** Prints a service command's help and says so; words that are not among its flags are refused. */
export function wasAskedForHelp(
  args: readonly string[],
  terminal: Terminal,
  { usage, flags }: { readonly usage: string; readonly flags: readonly string[] },
): boolean {
  const known = Object.fromEntries(flags.map((flag) => [flag, { type: 'boolean' as const }]));
  const { values, positionals } = parsedWords(args, { ...known, help: { type: 'boolean', short: 'h' } });
  if (values.help === true) {
    terminal.stdout.write(usage + ENVIRONMENT);
    return true;
  }
  if (positionals.length > 0) throw new UsageError(`${positionals.join(' ')} is not asked for\n\n${usage}`);
  return false;
}
