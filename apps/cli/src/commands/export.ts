import { oneOf, parsedWords } from '../arguments.ts';
import { wasAskedForHelp } from '../service/help.ts';
import { prepareClient } from '../service/preparation.ts';
import { type ExitCode, type Terminal, UsageError } from '../usage.ts';

const FORMATS = ['jsonl', 'csv', 'parquet'] as const;

const USAGE = `casebook export PROJECT FILE [--format jsonl|csv|parquet] [--include extra,superseded]
        [--formulas guarded|raw] [--json]

Writes every judgement of a project, named by its id or its name, in the order of their arrival, while the
service goes on. - writes to stdout. Nothing is overwritten, and FILE has its name only once it is whole.
Coders stand with their names: for a dataset to give away, use casebook release.

  --format F    default: what FILE ends with
  --include L   extra: what came too late; superseded: also what was replaced or taken back
  --formulas F  guarded (default) puts a ’ before text in CSV that a spreadsheet would run; raw leaves it
`;

/** `casebook export PROJECT FILE`: the judgements of a project as the API gives them. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = parsedWords(args, {
    help: { type: 'boolean', short: 'h' },
    json: { type: 'boolean' },
    format: { type: 'string' },
    include: { type: 'string' },
    formulas: { type: 'string' },
  });
  if (values.help === true) {
    wasAskedForHelp(['--help'], terminal, { usage: USAGE, flags: [] });
    return 0;
  }
  const [project, file, ...others] = positionals;
  if (project === undefined || file === undefined || others.length > 0)
    throw new UsageError(`expected a PROJECT and a FILE, or -\n\n${USAGE}`);
  if (file === '-' && values.json === true) throw new UsageError('--json and - both want stdout');
  const order = {
    project,
    format: formatOf(file, values.format),
    ...included(values.include),
    formulas: oneOf('--formulas', values.formulas ?? 'guarded', ['guarded', 'raw'] as const),
  };
  await prepareClient();
  const { exportJudgements } = await import('@casebook/api/commands/export');
  const outcome = await exportJudgements(file, terminal.stdout, order);
  if (!outcome.done) {
    terminal.stderr.write(`casebook export: ${outcome.why}\n`);
    return 1;
  }
  const { bytes } = outcome;
  if (values.json === true)
    terminal.stdout.write(`${JSON.stringify({ file, format: order.format, bytes }, null, 2)}\n`);
  else if (file !== '-') terminal.stderr.write(`${file} holds ${String(bytes)} bytes.\n`);
  return 0;
}

function formatOf(file: string, given: string | undefined): (typeof FORMATS)[number] {
  if (given !== undefined) return oneOf('--format', given, FORMATS);
  const found = FORMATS.find((format) => file.endsWith(`.${format}`));
  if (found === undefined)
    throw new UsageError(
      `${file} says no format; expected a name in ${FORMATS.map((name) => `.${name}`).join(', ')} or --format`,
    );
  return found;
}

function included(list: string | undefined): { extra: boolean; superseded: boolean } {
  const names = (list ?? '')
    .split(',')
    .filter((name) => name !== '')
    .map((name) => oneOf('--include', name, ['extra', 'superseded'] as const));
  return { extra: names.includes('extra'), superseded: names.includes('superseded') };
}
