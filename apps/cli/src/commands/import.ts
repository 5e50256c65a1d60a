import { oneOf, parsedWords } from '../arguments.ts';
import { wasAskedForHelp } from '../service/help.ts';
import { prepareClient } from '../service/preparation.ts';
import { type ExitCode, type Terminal, UsageError } from '../usage.ts';

const USAGE = `casebook import PROJECT COLLECTION FILE [--kind documents|word-pairs] [--partly] [--dry-run] [--json]

Adds a file to a collection; both are named by id or by name. Formats are told by the file itself. Where a
line is refused, nothing is added: every refused line is named with what was expected. What the collection
holds already is not added again. The service may run meanwhile.

  --kind K    makes the collection where there is none of that name
  --partly    adds what was understood though something was refused
  --dry-run   reads and checks, and adds nothing
`;

/** `casebook import PROJECT COLLECTION FILE`: what the page for uploads does. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = parsedWords(args, {
    help: { type: 'boolean', short: 'h' },
    json: { type: 'boolean' },
    kind: { type: 'string' },
    partly: { type: 'boolean' },
    'dry-run': { type: 'boolean' },
  });
  if (values.help === true) {
    wasAskedForHelp(['--help'], terminal, { usage: USAGE, flags: [] });
    return 0;
  }
  const [project, collection, file, ...others] = positionals;
  if (project === undefined || collection === undefined || file === undefined || others.length > 0)
    throw new UsageError(`expected a PROJECT, a COLLECTION and a FILE\n\n${USAGE}`);
  const kind =
    values.kind === undefined
      ? undefined
      : oneOf('--kind', values.kind, ['documents', 'word-pairs'] as const);
  const dryRun = values['dry-run'] === true;
  await prepareClient();
  const { importFile } = await import('@casebook/api/commands/import');
  const order = { project, collection, kind, partly: values.partly === true, dryRun };
  const outcome = await importFile(file, order);
  for (const { file: name, line, column, reason, expected } of outcome.refusals)
    terminal.stderr.write(`${name}:${String(line)}:${String(column)}: ${reason}. Expected ${expected}.\n`);
  if (!outcome.done) {
    terminal.stderr.write(`casebook import: ${outcome.why}\n`);
    return 1;
  }
  const { counts, format } = outcome.import;
  const refused = outcome.refusals.length;
  terminal.stdout.write(
    values.json === true
      ? `${JSON.stringify({ file, format, added: !dryRun, counts, refused }, null, 2)}\n`
      : `${file} (${format ?? 'unknown format'}): ${String(counts.items)} understood, ${String(counts.known)} of them there already, ${dryRun ? 'nothing added' : 'added'}.\n`,
  );
  return 0;
}
