import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { freePort } from '../support/api-process.ts';

const MAIN = fileURLToPath(new URL('../../apps/cli/src/main.ts', import.meta.url));
const MANIFEST = fileURLToPath(new URL('../../package.json', import.meta.url));
const TICKS_A_SECOND = 100;

/** User and system seconds that a process has used. */
export async function cpuSeconds(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${String(pid)}/stat`, 'utf8').catch(() => '');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / TICKS_A_SECOND;
}

export async function residentMegabytes(pid: number, which: 'VmRSS' | 'VmHWM'): Promise<number> {
  const status = await readFile(`/proc/${String(pid)}/status`, 'utf8');
  return Number(new RegExp(`${which}:\\s+(\\d+)`, 'u').exec(status)?.[1] ?? 0) / 1024;
}

/** The most memory that a process started by another was seen to hold while something ran, in megabytes. */
export async function childMegabytesDuring<Result>(
  parent: number,
  work: () => Promise<Result>,
): Promise<{ result: Result; megabytes: number }> {
  let most = 0;
  const look = async (): Promise<void> => {
    const task = `/proc/${String(parent)}/task/${String(parent)}/children`;
    const children = (await readFile(task, 'utf8').catch(() => '')).split(' ').filter((pid) => pid !== '');
    for (const pid of children)
      most = Math.max(most, await residentMegabytes(Number(pid), 'VmHWM').catch(() => 0));
  };
  const looking = setInterval(() => void look(), 100);
  try {
    return { result: await work(), megabytes: most };
  } finally {
    clearInterval(looking);
  }
}

export interface Api {
  readonly address: string;
  readonly pid: number;
  readonly startMs: number;
  stop(): Promise<void>;
}

/** How `npm start` runs Node: its options keep the process small. */
async function startOptions(): Promise<string[]> {
  const manifest = z
    .object({ scripts: z.object({ start: z.string() }) })
    .parse(JSON.parse(await readFile(MANIFEST, 'utf8')));
  return manifest.scripts.start.split(' ').filter((word) => word.startsWith('--'));
}

/** The API without the pages, in a process of its own, once it is ready. */
export async function startApi(databaseUrl: string): Promise<Api> {
  const port = await freePort();
  const began = performance.now();
  const child: ChildProcess = spawn(
    process.execPath,
    [...(await startOptions()), MAIN, 'serve', '--api-only'],
    {
      env: {
        ...process.env,
        PORT: String(port),
        DATABASE_URL: databaseUrl,
        CASEBOOK_DATA: '/tmp/casebook-bench',
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const address = `http://127.0.0.1:${String(port)}`;
  for (;;) {
    const ready = await fetch(`${address}/readyz`).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) break;
    await sleep(20);
  }
  return {
    address,
    pid: child.pid ?? 0,
    startMs: performance.now() - began,
    stop: async () => {
      child.kill('SIGTERM');
      await once(child, 'close');
    },
  };
}
