import { agreementWorker } from '../agreement/worker.ts';
import { importWorker } from '../imports/worker.ts';
import { phraseWorker } from '../phrases/worker.ts';
import { releaseWorker } from '../releases/worker.ts';
import type { Services } from '../services.ts';
import { scoringWorker } from '../scoring/worker.ts';
import { sessionWorker } from '../session/worker.ts';
import { stageWorker } from '../stages/worker.ts';
import { taskWorker } from '../tasks/worker.ts';
import { trainingWorker } from '../training/worker.ts';
import { webhookWorker } from '../webhooks/worker.ts';

/** Every feature that works in the background. */
export const workers: readonly ((services: Services) => Promise<void>)[] = [
  sessionWorker,
  importWorker,
  phraseWorker,
  taskWorker,
  agreementWorker,
  stageWorker,
  trainingWorker,
  scoringWorker,
  webhookWorker,
  releaseWorker,
];
