import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { makeEmptyDatabase, startTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { plantTask } from '../support/planting.ts';
import type { LoadOrder, LoadReport } from './judgements-load.ts';
import { cpuSeconds, residentMegabytes, startApi } from './measured-api.ts';

const LOAD = fileURLToPath(new URL('./judgements-load.ts', import.meta.url));
const BLOCK_SIZE = 20;

/** All processes of the Postgres whose postmaster is a parent of none of ours: found by name. */
async function postgresSeconds(): Promise<number> {
  let total = 0;
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/u.test(entry)) continue;
    const name = await readFile(`/proc/${entry}/comm`, 'utf8').catch(() => '');
    if (name.trim() === 'postgres') total += await cpuSeconds(Number(entry));
  }
  return total;
}

async function load(order: LoadOrder): Promise<LoadReport> {
  const child = fork(LOAD);
  child.send(order);
  const [report] = (await once(child, 'message')) as [LoadReport];
  return report;
}

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

interface Measured {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly requestsAUnit: number;
  readonly apiMs: number;
  readonly postgresMs: number;
  readonly rss: number;
  readonly latencies: readonly number[];
}

async function measure(
  database: TestDatabase,
  cell: { units: number; annotators: number; seconds: number; most?: number },
): Promise<Measured & { startMs: number }> {
  const url = await makeEmptyDatabase(database.url);
  const api0 = await startApi(url);
  const spares = cell.units <= 1_000 ? 12 : cell.units <= 10_000 ? 2 : 1;
  const tasks: LoadOrder['tasks'][number][] = [];
  for (let spare = 0; spare < spares; spare += 1) {
    const planted = await plantTask(url, {
      units: cell.units,
      blockSize: BLOCK_SIZE,
      wanted: 50,
      coders: cell.annotators,
    });
    tasks.push({
      projectId: planted.projectId,
      taskId: planted.taskId,
      cookies: planted.coders.map((coder) => coder.cookie),
    });
  }
  await api0.stop();
  const api = await startApi(url);
  const order = {
    address: api.address,
    tasks,
    annotators: cell.annotators,
    most: cell.most ?? Number.MAX_SAFE_INTEGER,
    spread: 0,
  };
  // Warm, and each somewhere else in a block: people don't hand in all at the same moment.
  await load({ ...order, seconds: 10, most: BLOCK_SIZE, spread: BLOCK_SIZE });
  const apiBefore = await cpuSeconds(api.pid);
  const postgresBefore = await postgresSeconds();
  const report = await load({ ...order, seconds: cell.seconds });
  const count = report.latencies.length;
  const sorted = [...report.latencies].sort((one, other) => one - other);
  if (report.failures.length > 0) throw new Error(`submissions failed: ${report.failures.join('; ')}`);
  const measured = {
    perSecond: count / report.seconds,
    p50: percentile(sorted, 0.5),
    p99: percentile(sorted, 0.99),
    requestsAUnit: report.requests / count,
    apiMs: (((await cpuSeconds(api.pid)) - apiBefore) / count) * 1000,
    postgresMs: (((await postgresSeconds()) - postgresBefore) / count) * 1000,
    rss: await residentMegabytes(api.pid, 'VmHWM'),
    latencies: report.latencies,
    startMs: api.startMs,
  };
  await api.stop();
  return measured;
}

function row(cells: readonly (string | number)[]): string {
  return cells.map((cell) => (typeof cell === 'number' ? cell.toFixed(2) : cell).padStart(11)).join('');
}

const median = (values: readonly number[]): number =>
  percentile(
    [...values].sort((one, other) => one - other),
    0.5,
  );

/**
 * The whole loop over HTTP against one API process and an embedded Postgres that commits for real. The load comes
 * from a process of its own, on the same two cores. `quick` measures one cell of each size; numbers name sizes.
 */
export async function run(args: readonly string[]): Promise<void> {
  const quick = args.includes('quick');
  const database = await startTestDatabase({ synchronous_commit: 'on' });
  const print = (line: string) => process.stdout.write(`${line}\n`);
  try {
    print(
      row([
        'units',
        'annotators',
        'a second',
        'p50 ms',
        'p99 ms',
        'req/unit',
        'api ms',
        'pg ms',
        'rss MB',
        'start ms',
      ]),
    );
    const sizes = args.map(Number).filter((size) => size > 0);
    for (const units of sizes.length > 0 ? sizes : [1_000, 10_000, 100_000]) {
      for (const annotators of quick ? [32] : [1, 8, 32]) {
        const cell = await measure(database, { units, annotators, seconds: 6 });
        print(
          row([
            String(units),
            String(annotators),
            cell.perSecond,
            cell.p50,
            cell.p99,
            cell.requestsAUnit,
            cell.apiMs,
            cell.postgresMs,
            cell.rss,
            cell.startMs,
          ]),
        );
      }
    }
    if (quick) return;
    const small: number[] = [];
    const large: number[] = [];
    for (let turn = 0; turn < 5; turn += 1) {
      small.push((await measure(database, { units: 1_000, annotators: 32, seconds: 4 })).perSecond);
      large.push((await measure(database, { units: 100_000, annotators: 32, seconds: 4 })).perSecond);
    }
    print(
      `five alternating runs, 32 annotators: median ${median(small).toFixed(0)} a second at 1,000 units, ${median(large).toFixed(0)} at 100,000: ratio ${(median(large) / median(small)).toFixed(3)}`,
    );
    const long = await measure(database, { units: 100_000, annotators: 1, seconds: 60, most: 6_500 });
    print(
      `one annotator: median ${median(long.latencies.slice(0, 1_000)).toFixed(2)} ms over the first 1,000 submissions, ${median(long.latencies.slice(5_000)).toFixed(2)} ms after the 5,000th`,
    );
  } finally {
    await database.stop();
  }
}
