/**
 * Runs in a process of its own, below the others in priority, tells how far it is, and writes a release to its
 * output: computing every figure of a project would keep requests waiting.
 */
import { constants, setPriority } from 'node:os';
import { finished } from 'node:stream/promises';
import { z } from 'zod';
import { makeRelease } from './make-release.ts';

const orderSchema = z.object({
  databaseUrl: z.string(),
  projectId: z.string(),
  number: z.number(),
  secret: z.string(),
});

/** Whoever is gone is told nothing; that ends this process anyway. */
function tell(message: object): void {
  process.send?.(message, undefined, undefined, () => undefined);
}

async function write({
  databaseUrl,
  projectId,
  number,
  secret,
}: z.output<typeof orderSchema>): Promise<void> {
  tell({ kind: 'step', step: 'reading' });
  const made = await makeRelease(databaseUrl, { project: projectId, number, secret }, () => {
    tell({ kind: 'step', step: 'computing' });
  });
  if (made === undefined) throw new Error(`there is no project ${projectId}`);
  const { bytes, root, judgements } = made;
  tell({ kind: 'made', root, judgements });
  process.stdout.end(bytes);
  await finished(process.stdout);
}

// Whoever wanted the release is gone.
process.once('disconnect', () => process.exit(1));
process.stdout.on('error', () => process.exit(1));
process.once('message', (message) => {
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Some systems let nobody change it; the work is the same.
  }
  void write(orderSchema.parse(message)).then(() => process.exit(0));
});
