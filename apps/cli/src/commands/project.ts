import { parsedWords } from '../arguments.ts';
import { wasAskedForHelp } from '../service/help.ts';
import { prepareClient } from '../service/preparation.ts';
import { type ExitCode, type Terminal, UsageError } from '../usage.ts';

const USAGE = `casebook project clone PROJECT NAME [--json]

Makes a project called NAME that is set up as PROJECT (an id or a name) is: the newest guidelines and scoring
rules, the collections with every item as it now is, the tasks as drafts with the same protocols and seeds.
Nobody is in it but the instance's admins, and nothing is judged. The service may run meanwhile.
`;

/** `casebook project clone`: the same study once more, with other people. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = parsedWords(args, {
    help: { type: 'boolean', short: 'h' },
    json: { type: 'boolean' },
  });
  if (values.help === true) {
    wasAskedForHelp(['--help'], terminal, { usage: USAGE, flags: [] });
    return 0;
  }
  const [deed, project, name, ...others] = positionals;
  if (deed !== 'clone' || project === undefined || name === undefined || others.length > 0)
    throw new UsageError(`expected clone, a PROJECT and a NAME\n\n${USAGE}`);
  await prepareClient();
  const { clone } = await import('@casebook/api/commands/project');
  const outcome = await clone(project, name);
  if (!outcome.done) {
    terminal.stderr.write(`casebook project: ${outcome.why}\n`);
    return 1;
  }
  const { projectId, tasks } = outcome;
  terminal.stdout.write(
    values.json === true
      ? `${JSON.stringify({ projectId, name, tasks }, null, 2)}\n`
      : `${name} is set up, with ${String(tasks)} ${tasks === 1 ? 'task' : 'tasks'} in draft: ${projectId}\n`,
  );
  return 0;
}
