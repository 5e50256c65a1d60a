import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { makeEmptyDatabase, startTestDatabase } from '../support/database.ts';
import { plantJudgements, plantTask } from '../support/planting.ts';
import type { PlantedTask } from '../support/planting.ts';
import { childMegabytesDuring, cpuSeconds, residentMegabytes, startApi } from './measured-api.ts';
import type { Api } from './measured-api.ts';

const COMPUTATION = fileURLToPath(new URL('../../apps/api/src/agreement/computation.ts', import.meta.url));
const CODERS = 10;
const RUNS = 5;
const PROTOCOL = {
  question: 'How similar is what they mean?',
  scale: { low: 0, high: 6, lowLabel: 'not at all', highLabel: 'the same', hint: '' },
  blockSize: 20,
};

const print = (line: string) => process.stdout.write(`${line}\n`);

const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Takes an address and counts what comes, keeping none of it. */
async function taken(
  url: string,
  cookie: string,
): Promise<{ seconds: number; bytes: number; lines: number }> {
  const began = performance.now();
  const response = await fetch(url, { headers: { cookie } });
  if (!response.ok || response.body === null) throw new Error(`${url}: ${String(response.status)}`);
  let bytes = 0;
  let lines = 0;
  for await (const piece of response.body) {
    bytes += piece.byteLength;
    const text = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    for (let end = text.indexOf(10); end !== -1; end = text.indexOf(10, end + 1)) lines += 1;
  }
  return { seconds: (performance.now() - began) / 1000, bytes, lines };
}

/** What Postgres itself needs to write the same judgements, as rows of JSON, to one who throws them away. */
async function copySeconds(url: string, projectId: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const began = performance.now();
    await client.query(
      `SELECT count(length(row_to_json(j)::text)) FROM "Judgement" j WHERE j."projectId" = '${projectId}'`,
    );
    return (performance.now() - began) / 1000;
  } finally {
    await client.end();
  }
}

/** From the order to all figures of a task with 1,000 resamples, in a process of its own as the service does it. */
async function computationSeconds(databaseUrl: string, task: PlantedTask): Promise<number> {
  const began = performance.now();
  const child = fork(COMPUTATION);
  child.send({
    ...{ databaseUrl, projectId: task.projectId, taskId: task.taskId },
    ...{ type: 'similarity-rating', protocol: PROTOCOL, seed: 1, resamples: 1_000 },
  });
  await once(child, 'message');
  return (performance.now() - began) / 1000;
}

/** Until the figures that are kept are those of the judgements that there are: the sweep finds them within a minute. */
async function untilComputed(address: string, cookie: string): Promise<void> {
  for (const deadline = Date.now() + 180_000; ;) {
    const answer = (await (await fetch(address, { headers: { cookie } })).json()) as { pending: boolean };
    if (!answer.pending) return;
    if (Date.now() > deadline) throw new Error('the agreement was not computed in three minutes');
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

async function exported(api: Api, task: PlantedTask, cookie: string, judgements: number): Promise<void> {
  const of = `${api.address}/api/v1/projects/${task.projectId}`;
  for (const format of ['jsonl', 'parquet', 'csv']) {
    const runs: number[] = [];
    const before = await cpuSeconds(api.pid);
    let bytes = 0;
    let ofChild = 0;
    for (let run = 0; run < (judgements > 200_000 ? 1 : RUNS); run += 1) {
      const { result: got, megabytes } = await childMegabytesDuring(api.pid, () =>
        taken(`${of}/judgements?format=${format}`, cookie),
      );
      ofChild = Math.max(ofChild, megabytes);
      const expected = judgements + (format === 'csv' ? 1 : 0);
      if (format !== 'parquet' && got.lines !== expected)
        throw new Error(`${String(got.lines)} lines of ${String(expected)}`);
      runs.push(got.seconds);
      bytes = got.bytes;
    }
    const processor = ((await cpuSeconds(api.pid)) - before) / runs.length;
    print(
      `${judgements.toLocaleString('en')} judgements as ${format}: median ${median(runs).toFixed(2)} s (best ${Math.min(...runs).toFixed(2)} s), ${processor.toFixed(2)} s of the API's processor, ${(bytes / 1e6).toFixed(0)} MB, peak RSS ${(await residentMegabytes(api.pid, 'VmHWM')).toFixed(0)} MB${format !== 'parquet' ? '' : `, ${ofChild.toFixed(0)} MB of the process that writes`}`,
    );
  }
}

async function size(databaseUrl: string, units: number): Promise<void> {
  const url = await makeEmptyDatabase(databaseUrl);
  const first = await startApi(url);
  await first.stop();
  const task = await plantTask(url, { units, blockSize: 20, wanted: CODERS, coders: CODERS });
  const judgements = await plantJudgements(url, task);
  const manager = task.coders[0];
  if (manager === undefined) throw new Error('nobody was planted');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`UPDATE "Member" SET "role" = 'manager' WHERE "projectId" = $1 AND "id" = $2`, [
    task.projectId,
    manager.memberId,
  ]);
  await client.end();
  const api = await startApi(url);
  try {
    print(`Postgres alone, as JSON, thrown away: ${(await copySeconds(url, task.projectId)).toFixed(2)} s`);
    await exported(api, task, manager.cookie, judgements);
    if (judgements > 200_000) return;
    const agreement = `${api.address}/api/v1/projects/${task.projectId}/tasks/${task.taskId}/agreement`;
    print(`agreement computed in the background in ${(await computationSeconds(url, task)).toFixed(2)} s`);
    await untilComputed(agreement, manager.cookie);
    const shown: number[] = [];
    for (let run = 0; run < 20; run += 1) shown.push((await taken(agreement, manager.cookie)).seconds);
    print(
      `agreement answered: median ${(median(shown) * 1000).toFixed(0)} ms, slowest of 20 ${(Math.max(...shown) * 1000).toFixed(0)} ms`,
    );
  } finally {
    await api.stop();
  }
}

/**
 * All judgements of a project over HTTP from an API process of its own with the memory that `npm start` gives it, and
 * its agreement as it is shown. `quick` leaves the million out.
 */
export async function run(args: readonly string[]): Promise<void> {
  const database = await startTestDatabase();
  try {
    await size(database.url, 10_000);
    if (!args.includes('quick')) await size(database.url, 100_000);
  } finally {
    await database.stop();
  }
}
