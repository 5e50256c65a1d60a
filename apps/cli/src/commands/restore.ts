import { parsedWords } from '../arguments.ts';
import { wasAskedForHelp } from '../service/help.ts';
import { prepareClient } from '../service/preparation.ts';
import { type ExitCode, type Terminal, UsageError } from '../usage.ts';

const USAGE = `casebook restore FILE [--check] [--json]

Puts a backup into an empty database and brings its schema up to date. Where DATABASE_URL is not set, the
database is made in CASEBOOK_DATA, which must not hold one yet; then start the service with the same settings.
Everything is written or, where the file is not whole or a hash differs, nothing. - reads from stdin.

  --check   only reads the file through and compares its hashes; no database is touched
`;

/** `casebook restore FILE`: an instance as it was. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = parsedWords(args, {
    help: { type: 'boolean', short: 'h' },
    json: { type: 'boolean' },
    check: { type: 'boolean' },
  });
  if (values.help === true) {
    wasAskedForHelp(['--help'], terminal, { usage: USAGE, flags: [] });
    return 0;
  }
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) throw new UsageError(`expected one FILE, or -\n\n${USAGE}`);
  await prepareClient();
  const { restore } = await import('@casebook/api/commands/backup');
  const checkOnly = values.check === true;
  const outcome = await restore(file, terminal.stdin, { checkOnly });
  if (!outcome.done) {
    terminal.stderr.write(`casebook restore: ${outcome.why}\n`);
    return 1;
  }
  const { takenAt, tables } = outcome;
  if (values.json === true) {
    terminal.stdout.write(`${JSON.stringify({ file, takenAt, tables }, null, 2)}\n`);
    return 0;
  }
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  terminal.stdout.write(
    checkOnly
      ? `The backup of ${takenAt} is whole: ${rows} rows in ${tables.length} tables.\n`
      : `The database is as it was at ${takenAt}: ${rows} rows in ${tables.length} tables.\n`,
  );
  return 0;
}
