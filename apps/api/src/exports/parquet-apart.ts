import { fork } from 'node:child_process';
import { once } from 'node:events';
import { getCompileCacheDir } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { ProjectId } from '@casebook/contracts';
import type { JudgementFilter } from './judgement-repository.ts';

const PROGRAM = fileURLToPath(new URL('./parquet-process.ts', import.meta.url));

/**
 * The judgements of a project as a Parquet file, made by a process of its own as slowly as it is received. That
 * process ends with the last piece, and where no more pieces are wanted.
 *
 * @throws where the file could not be written to its end; what came before is of no use.
 */
export async function* judgementsAsParquet(
  databaseUrl: string,
  projectId: ProjectId,
  { task, coder, after, limit, extra, superseded }: JudgementFilter,
): AsyncGenerator<Uint8Array> {
  const cache = getCompileCacheDir();
  const child = fork(PROGRAM, {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: { ...process.env, ...(cache === undefined ? {} : { NODE_COMPILE_CACHE: cache }) },
  });
  const ended = once(child, 'close');
  // Told by the exit code below; without a listener it would end this process.
  child.on('error', () => undefined);
  try {
    child.send({ databaseUrl, projectId, filter: { task, coder, after, limit, extra, superseded } });
    for await (const piece of child.stdout ?? []) yield piece as Uint8Array;
    const [code] = (await ended) as [number | null];
    if (code !== 0) throw new Error(`writing Parquet ended with ${String(code)}`);
  } finally {
    child.kill();
  }
}
