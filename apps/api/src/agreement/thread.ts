/**
 * Runs in a thread of its own, so that resampling keeps no request waiting. Reads the judgements itself: passing
 * them between threads would cost more than reading them.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { taskTypeServers } from '@casebook/task-types/server';
import { z } from 'zod';
import { connectDirectly } from '../database/direct.ts';
import { readCountedJudgements } from './codings.ts';
import { computeAgreement } from './compute.ts';

const orderSchema = z.object({
  databaseUrl: z.string(),
  projectId: z.string(),
  taskId: z.string(),
  type: z.string(),
  protocol: z.unknown(),
  seed: z.number(),
  resamples: z.number(),
});

const order = orderSchema.parse(workerData);
const type = taskTypeServers.get(order.type);
if (type === undefined) throw new Error(`no task type is called ${order.type}`);
const client = await connectDirectly(order.databaseUrl);
try {
  const counted = await readCountedJudgements(client, order.projectId, order.taskId);
  parentPort?.postMessage(
    computeAgreement(type, type.contract.protocol.parse(order.protocol), counted, order),
  );
} finally {
  await client.end();
}
