/**
 * Runs the tests: `fast` is unit, components in a browser, integration and e2e; `slow` is faults and soak. Makes what they stand on
 * first, and ends with one line that counts.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareClient, prepareWeb, ROOT } from '../apps/cli/src/service/preparation.ts';

const SUITES = { fast: ['unit', 'browser', 'integration', 'e2e'], slow: ['faults'] } as const;

/** A suite that runs longer than this hangs; what it started would hold the terminal for ever. */
const LIMIT_MS = 25 * 60_000;

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numFailedTestSuites: number;
}

const chosen = process.argv[2];
if (chosen !== 'fast' && chosen !== 'slow') {
  process.stderr.write('node test/run.ts fast | slow\n');
  process.exit(2);
}

await prepareClient();
await prepareWeb((line) => process.stdout.write(`${line}\n`));

let passed = 0;
let failed = 0;
let skipped = 0;
const folder = await mkdtemp(join(tmpdir(), 'casebook-report-'));
for (const suite of SUITES[chosen]) {
  const file = join(folder, `${suite}.json`);
  const child = spawn(
    process.execPath,
    [
      join(ROOT, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--project',
      suite,
      '--reporter=dot',
      '--reporter=json',
      `--outputFile.json=${file}`,
    ],
    // A group of its own, so that servers which a failed test left running end with the suite.
    { cwd: ROOT, stdio: 'inherit', detached: true },
  );
  const endGroup = (signal: NodeJS.Signals): void => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, signal);
    } catch {
      // Nobody is left in it.
    }
  };
  const interrupted = (): void => {
    endGroup('SIGINT');
  };
  process.on('SIGINT', interrupted);
  const limit = setTimeout(() => {
    process.stdout.write(`The ${suite} tests were stopped after ${String(LIMIT_MS / 60_000)} minutes.\n`);
    endGroup('SIGKILL');
  }, LIMIT_MS);
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  clearTimeout(limit);
  process.off('SIGINT', interrupted);
  endGroup('SIGKILL');
  const report = await readFile(file, 'utf8').then(
    (text) => JSON.parse(text) as Report,
    () => undefined,
  );
  if (report === undefined) {
    process.stdout.write(`The ${suite} tests did not run to their end.\n`);
    failed += 1;
    continue;
  }
  passed += report.numPassedTests;
  skipped += report.numPendingTests;
  // A file that could not be loaded holds no failed test and is a failure all the same.
  failed +=
    report.numFailedTests > 0 || code === 0 ? report.numFailedTests : Math.max(1, report.numFailedTestSuites);
}
await rm(folder, { recursive: true, force: true });
process.stdout.write(
  `${String(passed)} passed, ${String(failed)} failed${skipped === 0 ? '' : `, ${String(skipped)} skipped`}\n`,
);
process.exitCode = failed === 0 ? 0 : 1;
