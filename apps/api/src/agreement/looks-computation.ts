/** Compares two looks in a process of its own, below the others in priority, as agreement is computed. */
import { constants, setPriority } from 'node:os';
import { taskTypeServers } from '@casebook/task-types/server';
import { z } from 'zod';
import { connectDirectly } from '../database/direct.ts';
import { readCountedJudgements } from './codings.ts';
import { compareLooks } from './looks.ts';
import type { TwoLooks } from './looks.ts';

const orderSchema = z.object({
  databaseUrl: z.string(),
  projectId: z.string(),
  taskId: z.string(),
  firstTaskId: z.string(),
  type: z.string(),
  protocol: z.unknown(),
  drawing: z.object({ seed: z.number(), resamples: z.number() }).nullable(),
});

async function compared(order: z.output<typeof orderSchema>): Promise<TwoLooks> {
  const type = taskTypeServers.get(order.type);
  if (type === undefined) throw new Error(`no task type is called ${order.type}`);
  const client = await connectDirectly(order.databaseUrl);
  try {
    const first = await readCountedJudgements(client, order.projectId, order.firstTaskId);
    const second = await readCountedJudgements(client, order.projectId, order.taskId);
    return compareLooks(type, type.contract.protocol.parse(order.protocol), first, second, order.drawing);
  } finally {
    await client.end();
  }
}

// Whoever wanted the figures is gone.
process.once('disconnect', () => process.exit(1));
process.once('message', (message) => {
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Some systems let nobody change it; the work is the same.
  }
  void compared(orderSchema.parse(message)).then((looks) => {
    process.send?.(looks, () => {
      process.exit(0);
    });
  });
});
