import { parsedWords } from '../arguments.ts';
import { wasAskedForHelp } from '../service/help.ts';
import { prepareClient } from '../service/preparation.ts';
import { type ExitCode, type Terminal, UsageError } from '../usage.ts';

const USAGE = `casebook doctor [--json]

Says what is wrong with this instance and how to mend it: settings, data folder, secret, address, mail, the
running service, the database and its schema, the guards of what was judged, the queue of jobs. Changes
nothing. Give it the same settings as the service. Exit 1 where something is wrong.
`;

const MARKS = { well: 'well ', odd: 'odd  ', wrong: 'WRONG' } as const;

/** `casebook doctor`: what is wrong, and what to do about it. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = parsedWords(args, {
    help: { type: 'boolean', short: 'h' },
    json: { type: 'boolean' },
  });
  if (values.help === true) {
    wasAskedForHelp(['--help'], terminal, { usage: USAGE, flags: [] });
    return 0;
  }
  if (positionals.length > 0) throw new UsageError(`${positionals.join(' ')} is not asked for\n\n${USAGE}`);
  await prepareClient();
  const { examine } = await import('@casebook/api/commands/doctor');
  const findings = await examine();
  if (values.json === true) {
    terminal.stdout.write(`${JSON.stringify({ findings }, null, 2)}\n`);
  } else {
    const width = Math.max(...findings.map(({ subject }) => subject.length));
    for (const finding of findings) {
      const margin = ' '.repeat(MARKS.well.length + width + 4);
      terminal.stdout.write(`${MARKS[finding.state]}  ${finding.subject.padEnd(width)}  ${finding.words}\n`);
      if (finding.state !== 'well') terminal.stdout.write(`${margin}→ ${finding.mend}\n`);
    }
  }
  return findings.some(({ state }) => state === 'wrong') ? 1 : 0;
}
