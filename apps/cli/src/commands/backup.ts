import { parsedWords } from '../arguments.ts';
import { wasAskedForHelp } from '../service/help.ts';
import { prepareClient } from '../service/preparation.ts';
import { textTable } from '../tables/text-table.ts';
import { type ExitCode, type Terminal, UsageError } from '../usage.ts';

const USAGE = `casebook backup FILE [--json]

Writes everything that the database holds at one moment into one file, while the service goes on: a gzipped
tar with the rows of every table, the schema they belong to, and a hash for each. - writes to stdout.
Nothing is overwritten, and FILE has its name only once it is whole.

The file holds names, addresses and password hashes; keep it as you would the database. Two things stay
out: the queue of mails and other jobs (what is due is found again, and no mail goes out twice), and what lies
beside the database in the data folder, among it the secret; keep a copy of that too.
`;

/** `casebook backup FILE`: the whole instance in one file. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = parsedWords(args, {
    help: { type: 'boolean', short: 'h' },
    json: { type: 'boolean' },
  });
  if (values.help === true) {
    wasAskedForHelp(['--help'], terminal, { usage: USAGE, flags: [] });
    return 0;
  }
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) throw new UsageError(`expected one FILE, or -\n\n${USAGE}`);
  if (file === '-' && values.json === true) throw new UsageError('--json and - both want stdout');
  await prepareClient();
  const { backup } = await import('@casebook/api/commands/backup');
  const outcome = await backup(file, terminal.stdout);
  if (!outcome.done) {
    terminal.stderr.write(`casebook backup: ${outcome.why}\n`);
    return 1;
  }
  const { takenAt, tables } = outcome;
  if (values.json === true) {
    terminal.stdout.write(`${JSON.stringify({ file, takenAt, tables }, null, 2)}\n`);
  } else {
    const rows = tables.reduce((sum, table) => sum + table.rows, 0);
    terminal.stderr.write(`${file === '-' ? 'stdout' : file} holds ${rows} rows as of ${takenAt}.\n`);
    if (file !== '-') {
      terminal.stdout.write(
        textTable(
          ['table', 'rows'],
          tables.map(({ name, rows: count }) => [name, String(count)]),
        ),
      );
    }
  }
  return 0;
}
