import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { run as wordsim } from '../../apps/cli/src/commands/wordsim.ts';

const SHARED = fileURLToPath(new URL('../../../shared/data/similarity/', import.meta.url));

/** Seconds that the commands are meant to take on two cores. */
const AIMS = { sanity: 20, report: 60 };

/** Runs the command as the terminal would and gives its seconds, by the clock and of processor time in this process. */
async function timed(args: readonly string[]): Promise<{ seconds: number; cpu: number; output: string }> {
  const stdout = new PassThrough();
  const output = text(stdout);
  const before = process.cpuUsage();
  const since = performance.now();
  await wordsim(args, { stdin: process.stdin, stdout, stderr: new PassThrough() });
  const seconds = (performance.now() - since) / 1000;
  const { user, system } = process.cpuUsage(before);
  stdout.end();
  return { seconds, cpu: (user + system) / 1e6, output: await output };
}

function line(name: string, seconds: number, cpu: number, aim: number, more = ''): void {
  const figures = `${seconds.toFixed(2).padStart(8)} s by the clock  ${cpu.toFixed(2).padStart(8)} s CPU`;
  process.stdout.write(`${name.padEnd(44)} ${figures}  (aim ${aim} s)${more}\n`);
}

/** Times the sanity check with 1,000 draws on MEN, and the report on every table of the shared datasets. */
export async function run(): Promise<void> {
  if (!existsSync(SHARED)) {
    process.stdout.write('The shared similarity datasets are absent: nothing was run.\n');
    return;
  }
  const vectors = join(SHARED, 'vectors/glove-100d-subset.txt');
  const gold = join(SHARED, 'gold/men.tsv');
  const check = await timed(['sanity', '--gold', gold, '--vectors', vectors, '--draws', '1000', '--json']);
  const report = JSON.parse(check.output) as {
    readonly levels: readonly unknown[];
    readonly originalVerdict: { readonly probabilityOfFailing: number };
  };
  line(
    `sanity check of MEN, 1,000 draws × ${report.levels.length} levels`,
    check.seconds,
    check.cpu,
    AIMS.sanity,
    `  published verdict fails with ${report.originalVerdict.probabilityOfFailing.toFixed(3)}`,
  );
  const tables = ['gold', 'ratings'].flatMap((folder) =>
    readdirSync(join(SHARED, folder))
      .sort()
      .map((name) => `${folder}/${name}`),
  );
  for (const name of [...tables, 'men-raw']) {
    const { seconds, cpu } = await timed(['report', join(SHARED, name), '--json']);
    line(`report on ${name}`, seconds, cpu, AIMS.report);
  }
  const { maxRSS } = process.resourceUsage();
  process.stdout.write(`most memory held: ${(maxRSS / 1024).toFixed(0)} MB\n`);
}
