import { parsedWords, wholeFrom } from '../arguments.ts';
import { wasAskedForHelp } from '../service/help.ts';
import { prepareClient } from '../service/preparation.ts';
import { type ExitCode, type Terminal, UsageError } from '../usage.ts';

const USAGE = `casebook release PROJECT FILE [--number N] [--json]

Freezes a project, named by its id or its name, into a tar that holds everything its figures follow from,
the figures, hashes and a signature. The same database gives the same bytes. No names, addresses, comments
or times of day are in it, except the names of machines and what the texts themselves say. Nothing is
overwritten.

  --number N  what the release is numbered, default 1
`;

/** `casebook release PROJECT FILE`: a project as a dataset that can be checked. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = parsedWords(args, {
    help: { type: 'boolean', short: 'h' },
    json: { type: 'boolean' },
    number: { type: 'string' },
  });
  if (values.help === true) {
    wasAskedForHelp(['--help'], terminal, { usage: USAGE, flags: [] });
    return 0;
  }
  const [project, file, ...others] = positionals;
  if (project === undefined || file === undefined || others.length > 0)
    throw new UsageError(`expected a PROJECT and a FILE\n\n${USAGE}`);
  const number = wholeFrom(1, '--number', values.number) ?? 1;
  await prepareClient();
  const { release } = await import('@casebook/api/commands/release');
  const outcome = await release(file, { project, number });
  if (!outcome.done) {
    terminal.stderr.write(`casebook release: ${outcome.why}\n`);
    return 1;
  }
  const { root, judgements } = outcome;
  terminal.stdout.write(
    values.json === true
      ? `${JSON.stringify({ file, number, root, judgements }, null, 2)}\n`
      : `${file} holds ${judgements} judgements. Its root hash is ${root}.\n`,
  );
  return 0;
}
