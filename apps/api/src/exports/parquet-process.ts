/**
 * Runs in a process of its own, below the others in priority, and writes a Parquet file to its output: putting rows
 * into columns and compressing them would keep requests waiting.
 */
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import { projectIdSchema } from '@casebook/contracts';
import { z } from 'zod';
import { connectDirectly } from '../database/direct.ts';
import { eachJudgement } from './judgement-repository.ts';
import { writeJudgementsAsParquet } from './parquet.ts';

const orderSchema = z.object({
  databaseUrl: z.string(),
  projectId: projectIdSchema,
  filter: z.object({
    task: z.string().optional(),
    coder: z.string().optional(),
    after: z.string().optional(),
    limit: z.number().optional(),
    extra: z.boolean(),
    superseded: z.boolean(),
  }),
});

async function write({ databaseUrl, projectId, filter }: z.output<typeof orderSchema>): Promise<void> {
  const client = await connectDirectly(databaseUrl);
  try {
    await writeJudgementsAsParquet(eachJudgement(client, projectId, filter), async (bytes) => {
      if (!process.stdout.write(bytes)) await once(process.stdout, 'drain');
    });
  } finally {
    await client.end();
  }
}

// Whoever wanted the file is gone.
process.once('disconnect', () => process.exit(1));
process.once('message', (message) => {
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Some systems let nobody change it; the work is the same.
  }
  void write(orderSchema.parse(message)).then(() => {
    process.stdout.end(() => process.exit(0));
  });
});
