import { oneFile, parsedWords } from '../arguments.ts';
import { wasAskedForHelp } from '../service/help.ts';
import { prepareClient } from '../service/preparation.ts';
import type { ExitCode, Terminal } from '../usage.ts';

const USAGE = `casebook verify RELEASE [--root HASH] [--key FILE] [--json]

Checks a release with nothing but the file: every hash, the signature, and every figure, which is computed
anew from the raw judgements and compared to 1e-9. Ends with 1 where anything differs, and names it.

  --root HASH  the root hash that it was published with
  --key FILE   the instance's public key, as PEM; without either the origin stays unproved
`;

/** `casebook verify RELEASE`: whether a release is what it says it is. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = parsedWords(args, {
    help: { type: 'boolean', short: 'h' },
    json: { type: 'boolean' },
    root: { type: 'string' },
    key: { type: 'string' },
  });
  if (values.help === true) {
    wasAskedForHelp(['--help'], terminal, { usage: USAGE, flags: [] });
    return 0;
  }
  const file = oneFile(positionals, 'a release', USAGE);
  await prepareClient();
  const { verify } = await import('@casebook/api/commands/release');
  const outcome = await verify(file, { root: values.root, keyFile: values.key });
  if (!outcome.done) {
    terminal.stderr.write(`casebook verify: ${outcome.why}\n`);
    return 2;
  }
  const { verdict } = outcome;
  const { root, origin, figures, faults } = verdict;
  if (values.json === true) terminal.stdout.write(`${JSON.stringify(verdict, null, 2)}\n`);
  else {
    for (const fault of faults) terminal.stdout.write(`${fault}\n`);
    terminal.stdout.write(
      faults.length > 0
        ? `${faults.length} ${faults.length === 1 ? 'thing differs' : 'things differ'}; root hash ${root}.\n`
        : `Consistent, origin ${origin}: ${figures} lines of figures computed anew; root hash ${root}.\n`,
    );
  }
  return faults.length > 0 ? 1 : 0;
}
