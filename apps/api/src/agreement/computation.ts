/**
 * Runs in a process of its own, below the others in priority: resampling keeps no request waiting, and the memory
 * goes back to the machine when it is done. Reads the judgements itself: passing them over would cost more than
 * reading them.
 */
import { constants, setPriority } from 'node:os';
import { taskTypeServers } from '@casebook/task-types/server';
import { z } from 'zod';
import { connectDirectly } from '../database/direct.ts';
import { readCountedJudgements } from './codings.ts';
import { computeAgreement } from './compute.ts';
import type { ComputedAgreement } from './compute.ts';

const orderSchema = z.object({
  databaseUrl: z.string(),
  projectId: z.string(),
  taskId: z.string(),
  type: z.string(),
  protocol: z.unknown(),
  seed: z.number(),
  resamples: z.number(),
});

async function computed(order: z.output<typeof orderSchema>): Promise<ComputedAgreement> {
  const type = taskTypeServers.get(order.type);
  if (type === undefined) throw new Error(`no task type is called ${order.type}`);
  const client = await connectDirectly(order.databaseUrl);
  try {
    const counted = await readCountedJudgements(client, order.projectId, order.taskId);
    return computeAgreement(type, type.contract.protocol.parse(order.protocol), counted, order);
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
  void computed(orderSchema.parse(message)).then((agreement) => {
    process.send?.(agreement, () => {
      process.exit(0);
    });
  });
});
