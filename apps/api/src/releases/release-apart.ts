import { fork } from 'node:child_process';
import { once } from 'node:events';
import { getCompileCacheDir } from 'node:module';
import { fileURLToPath } from 'node:url';
import { releaseStepSchema } from '@casebook/contracts';
import type { ReleaseStep } from '@casebook/contracts';
import { z } from 'zod';

const PROGRAM = fileURLToPath(new URL('./release-process.ts', import.meta.url));

const messageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('step'), step: releaseStepSchema }),
  z.object({ kind: z.literal('made'), root: z.string(), judgements: z.number() }),
]);
type Made = Omit<Extract<z.output<typeof messageSchema>, { kind: 'made' }>, 'kind'>;

/**
 * Makes a release in a process of its own and hands its pieces to `take`; what it is is known once all are taken.
 *
 * @throws where it could not be made, where `take` throws, or `signal` is aborted: then the process is ended.
 */
export async function releaseApart(
  order: {
    readonly databaseUrl: string;
    readonly projectId: string;
    readonly number: number;
    readonly secret: string;
  },
  onStep: (step: ReleaseStep) => void,
  take: (pieces: AsyncIterable<Uint8Array>) => Promise<number>,
  signal: AbortSignal,
): Promise<Made & { readonly bytes: number }> {
  const cache = getCompileCacheDir();
  const child = fork(PROGRAM, {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: { ...process.env, ...(cache === undefined ? {} : { NODE_COMPILE_CACHE: cache }) },
    signal,
  });
  const ended = once(child, 'close');
  // Told by the exit code below; without a listener it would end this process.
  child.on('error', () => undefined);
  let made: Made | undefined;
  child.on('message', (message) => {
    const told = messageSchema.parse(message);
    if (told.kind === 'step') onStep(told.step);
    else made = { root: told.root, judgements: told.judgements };
  });

  async function* pieces(): AsyncGenerator<Uint8Array> {
    for await (const piece of child.stdout ?? []) yield piece as Uint8Array;
    // Before the store is told that this was all: half a release must never stand under its name.
    const [code] = (await ended) as [number | null];
    if (code !== 0 || made === undefined) throw new Error(`making a release ended with ${String(code)}`);
    onStep('storing');
  }

  try {
    child.send(order);
    const bytes = await take(pieces());
    if (made === undefined) throw new Error('a release was stored that was not made');
    return { ...made, bytes };
  } finally {
    child.kill();
  }
}
