import { parsedWords } from '../arguments.ts';
import { wasAskedForHelp } from '../service/help.ts';
import { prepareClient } from '../service/preparation.ts';
import { type ExitCode, type Terminal, UsageError } from '../usage.ts';

const USAGE = `casebook diff A B [--json]

What differs between two releases: for each file the lines that only one of them has.
`;

const MOST_SHOWN = 5;

/** `casebook diff A B`: two releases held against each other. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = parsedWords(args, {
    help: { type: 'boolean', short: 'h' },
    json: { type: 'boolean' },
  });
  if (values.help === true) {
    wasAskedForHelp(['--help'], terminal, { usage: USAGE, flags: [] });
    return 0;
  }
  const [a, b, ...others] = positionals;
  if (a === undefined || b === undefined || others.length > 0)
    throw new UsageError(`expected two releases\n\n${USAGE}`);
  await prepareClient();
  const { diff } = await import('@casebook/api/commands/release');
  const outcome = await diff(a, b);
  if (!outcome.done) {
    terminal.stderr.write(`casebook diff: ${outcome.why}\n`);
    return 2;
  }
  const { files } = outcome;
  if (values.json === true) {
    terminal.stdout.write(`${JSON.stringify({ files }, null, 2)}\n`);
    return 0;
  }
  if (files.length === 0) terminal.stdout.write('The two hold the same.\n');
  for (const { file, onlyInA, onlyInB } of files) {
    terminal.stdout.write(`${file}: ${onlyInA.length} lines only in ${a}, ${onlyInB.length} only in ${b}\n`);
    for (const [sign, lines] of [
      ['-', onlyInA],
      ['+', onlyInB],
    ] as const)
      for (const line of lines.slice(0, MOST_SHOWN))
        terminal.stdout.write(`  ${sign} ${line.slice(0, 200)}\n`);
  }
  return 0;
}
